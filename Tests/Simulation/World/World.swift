import Platform

/// A simulated machine room: one clock, one order of events, one source of chance. Everything in it happens on one thread,
/// and the same seed makes the same things happen.
final class World {
    private struct Event {
        let time: Int64
        let number: UInt64
        let body: () throws(Violation) -> Void

        func isBefore(_ other: Event) -> Bool { (time, number) < (other.time, other.number) }
    }

    let seed: UInt64
    let plant: Plant?
    /// Nanoseconds; a clock that never goes back.
    private(set) var now: Int64 = 1_000_000_000_000
    private var random: SplitMix64
    /// A binary heap.
    private var events: [Event] = []
    private var nextNumber: UInt64 = 0
    private(set) var steps = 0
    /// A hash of all that happened, in its order.
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private let keepsLines: Bool
    /// The trace in words, if it is kept.
    private(set) var lines: [String] = []

    init(seed: UInt64, plant: Plant? = nil, keepsLines: Bool = false) {
        self.seed = seed
        self.plant = plant
        self.keepsLines = keepsLines
        random = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    }

    // MARK: Chance

    func int(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
    func index(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    func number() -> UInt64 { random.next() }
    func fraction() -> Double { Double.random(in: 0..<1, using: &random) }
    /// - Parameter perMille: how many of a thousand.
    func happens(_ perMille: Int) -> Bool { perMille > 0 && index(1000) < perMille }

    // MARK: Time

    func after(_ nanoseconds: Int64, _ body: @escaping () throws(Violation) -> Void) {
        nextNumber += 1
        push(Event(time: now + max(0, nanoseconds), number: nextNumber, body: body))
    }

    /// Lets things happen until `isOver`, asked after each event, or until nothing is left.
    func run(until end: Int64, _ isOver: () -> Bool = { false }) throws(Violation) {
        while let next = events.first, next.time <= end {
            pop()
            now = next.time
            steps += 1
            try next.body()
            if isOver() { return }
        }
        now = max(now, end)
    }

    /// Forgets what is still to happen.
    func clear() { events = [] }

    private func push(_ event: Event) {
        events.append(event)
        var place = events.count - 1
        while place > 0, event.isBefore(events[(place - 1) / 2]) {
            events.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private func pop() {
        events.swapAt(0, events.count - 1)
        events.removeLast()
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < events.count {
                if events[child].isBefore(events[least]) { least = child }
            }
            if least == place { return }
            events.swapAt(place, least)
            place = least
        }
    }

    // MARK: Trace

    func note(_ mark: Mark, _ first: Int64 = 0, _ second: Int64 = 0, _ text: @autoclosure () -> String = "") {
        for value in [mark.rawValue, UInt64(bitPattern: now), UInt64(bitPattern: first), UInt64(bitPattern: second)] {
            hash = (hash ^ value) &* 0x0000_0100_0000_01B3
        }
        guard keepsLines else { return }
        let moment = String((now - 1_000_000_000_000) / 1000)
        lines.append("\(moment) us: \(mark) \(first) \(second) \(text())")
    }
}
