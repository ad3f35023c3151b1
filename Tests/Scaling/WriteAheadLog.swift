/// The disk under one Postgres' WAL: one flush at a time, and each takes all commits that wait when it begins.
final class WriteAheadLog {
    private let timeline: Timeline
    private let latency: Double
    private let microsecondsPerDelivery: Double
    private var isFlushing = false
    private var waiting: [(deliveries: Int, end: () -> Void)] = []
    /// Microseconds of writing; the latency of a flush is shared by all that wait, and fills no disk.
    private(set) var used = 0.0
    /// Microseconds with a flush under way.
    private(set) var occupied = 0.0

    /// - Parameters:
    ///   - latency: microseconds of a flush of nothing.
    ///   - microsecondsPerDelivery: how long the disk writes the WAL of one delivery.
    init(timeline: Timeline, latency: Double, microsecondsPerDelivery: Double) {
        self.timeline = timeline
        self.latency = latency
        self.microsecondsPerDelivery = microsecondsPerDelivery
    }

    func flush(deliveries: Int, then end: @escaping () -> Void) {
        waiting.append((deliveries, end))
        if !isFlushing { begin() }
    }

    private func begin() {
        let taken = waiting
        waiting = []
        isFlushing = true
        let writing = microsecondsPerDelivery * Double(taken.reduce(0) { $0 + $1.deliveries })
        timeline.after(latency + writing) { [self] in
            isFlushing = false
            used += writing
            occupied += latency + writing
            for commit in taken { commit.end() }
            if !waiting.isEmpty, !isFlushing { begin() }
        }
    }
}
