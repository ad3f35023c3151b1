import Ledger
import Webhooks

/// Which handshakes get their own row and which are only counted: most are unsigned, so that anybody can send them.
struct HandshakeSample {
    /// Rows per source and minute.
    static let rowsPerMinute = 60
    /// The time between two writes of a count, in nanoseconds.
    static let countingTime: Int64 = 2_000_000_000

    private var waiting: [Handshake] = []
    private var rows: [String: Int] = [:]
    private var minute: Int64 = 0
    /// For each source the last handshake, which represents the others, and the start of its count.
    private var counted: [String: (last: Handshake, since: Int64)] = [:]

    /// Adds a handshake.
    /// - Parameter now: monotonic nanoseconds.
    /// - Returns: whether it gets a row of its own.
    mutating func add(_ handshake: Handshake, at now: Int64) -> Bool {
        let received = handshake.receivedAt.seconds / 60
        if received != minute {
            minute = received
            rows = [:]
        }
        guard rows[handshake.source, default: 0] >= Self.rowsPerMinute else {
            rows[handshake.source, default: 0] += 1
            waiting.append(handshake)
            return true
        }
        let before = counted[handshake.source]
        var last = handshake
        last.unrecorded = before.map { $0.last.unrecorded + 1 } ?? 0
        counted[handshake.source] = (last, before?.since ?? now)
        return false
    }

    /// Removes and returns the rows to write now.
    /// - Parameters:
    ///   - now: monotonic nanoseconds.
    ///   - all: whether recent counts are written, too.
    mutating func take(at now: Int64, all: Bool) -> [Handshake] {
        let over = counted.filter { all || now - $0.value.since >= Self.countingTime }
        for source in over.keys { counted[source] = nil }
        defer { waiting = [] }
        return waiting + over.values.map(\.last).sorted { $0.receivedAt < $1.receivedAt }
    }
}
