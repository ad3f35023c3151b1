import Ledger
import Webhooks

/// Which refusals get their own row and which are only counted.
struct RefusalSample {
    /// Rows per source and minute; the rest is counted by kind.
    static let rowsPerMinute = 60
    /// The time between two writes of a count, in nanoseconds.
    static let countingTime: Int64 = 2_000_000_000

    /// The key of a count.
    private struct Group: Hashable {
        let source: String?
        let kind: Refusal.Kind
    }

    private var waiting: [RefusedDelivery] = []
    private var rows: [String?: Int] = [:]
    private var minute: Int64 = 0
    /// For each group the last refusal, which represents the others, and the start of its count.
    private var counted: [Group: (last: RefusedDelivery, since: Int64)] = [:]

    /// Adds a refusal.
    /// - Parameter now: monotonic nanoseconds.
    mutating func add(_ refused: RefusedDelivery, at now: Int64) {
        let refusedMinute = refused.refusedAt.seconds / 60
        if refusedMinute != minute {
            minute = refusedMinute
            rows = [:]
        }
        guard rows[refused.source, default: 0] >= Self.rowsPerMinute else {
            rows[refused.source, default: 0] += 1
            waiting.append(refused)
            return
        }
        let group = Group(source: refused.source, kind: refused.kind)
        let before = counted[group]
        // It represents many: the details of single ones are in the rows.
        var last = refused.withoutBody()
        last.unrecorded = before.map { $0.last.unrecorded + 1 } ?? 0
        counted[group] = (last, before?.since ?? now)
    }

    /// Removes and returns the rows to write now.
    /// - Parameters:
    ///   - now: monotonic nanoseconds.
    ///   - all: whether recent counts are written, too.
    mutating func take(at now: Int64, all: Bool) -> [RefusedDelivery] {
        let over = counted.filter { all || now - $0.value.since >= Self.countingTime }
        for group in over.keys { counted[group] = nil }
        defer { waiting = [] }
        return waiting + over.values.map(\.last).sorted { $0.refusedAt < $1.refusedAt }
    }
}
