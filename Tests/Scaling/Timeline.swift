/// What happens at which moment, in order. Moments are microseconds since the begin of a simulation.
final class Timeline {
    private struct Entry {
        var moment: Double
        /// Of two entries of one moment the older one is first, so that a run repeats exactly.
        var number: Int
        var action: () -> Void

        func isBefore(_ other: Self) -> Bool {
            moment < other.moment || moment == other.moment && number < other.number
        }
    }

    private(set) var now = 0.0
    /// A binary heap.
    private var entries: [Entry] = []
    private var count = 0

    /// - Parameter delay: microseconds from now on, at least 0.
    func after(_ delay: Double, _ action: @escaping () -> Void) {
        entries.append(Entry(moment: now + delay, number: count, action: action))
        count += 1
        var child = entries.count - 1
        while child > 0, entries[child].isBefore(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Continues until a moment, or until nothing is left to happen.
    func run(until end: Double) {
        while let first = entries.first, first.moment <= end {
            removeFirst()
            now = first.moment
            first.action()
        }
        now = max(now, end)
    }

    private func removeFirst() {
        let last = entries.removeLast()
        guard !entries.isEmpty else { return }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].isBefore(entries[least]) { least = child }
            }
            if least == parent { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
