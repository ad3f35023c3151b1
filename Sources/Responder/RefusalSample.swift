import Ledger
import Webhooks

/// Which refusals get a row of their own and which are only counted, and what is to be written of both.
struct RefusalSample {
    /// Rows per source and minute; what comes beyond is counted by kind.
    static let rowsPerMinute = 60
    /// How long is counted before the count is written, in nanoseconds.
    static let countingTime: Int64 = 2_000_000_000

    /// What is counted together.
    private struct Group: Hashable {
        let source: String?
        let kind: Refusal.Kind
    }

    private var waiting: [RefusedDelivery] = []
    private var rows: [String?: Int] = [:]
    private var minute: Int64 = 0
    /// Of each group the last refusal, which stands for the others, and when its counting began.
    private var counted: [Group: (last: RefusedDelivery, since: Int64)] = [:]

    /// Takes a refusal in.
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
        // It stands for many: what one of them said is in the rows.
        var last = refused.withoutBody()
        last.unrecorded = before.map { $0.last.unrecorded + 1 } ?? 0
        counted[group] = (last, before?.since ?? now)
    }

    /// What is to be written now; it is no longer kept here.
    /// - Parameters:
    ///   - now: monotonic nanoseconds.
    ///   - all: whether counts that have just begun are written, too.
    mutating func take(at now: Int64, all: Bool) -> [RefusedDelivery] {
        let over = counted.filter { all || now - $0.value.since >= Self.countingTime }
        for group in over.keys { counted[group] = nil }
        defer { waiting = [] }
        return waiting + over.values.map(\.last).sorted { $0.refusedAt < $1.refusedAt }
    }
}
