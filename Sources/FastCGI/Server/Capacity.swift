import Synchronization

/// The number of requests in flight, and its limit.
final class Capacity: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    /// Requests accepted and not yet answered.
    var inFlight: Int { used.load(ordering: .acquiring) }

    var isFull: Bool { inFlight >= limit }

    /// Takes a place. - Returns: false when all are taken.
    func take() -> Bool {
        if used.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue <= limit { return true }
        give()
        return false
    }

    /// Gives a place back.
    func give() {
        used.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    }
}
