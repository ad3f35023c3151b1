import Ledger
import Postgres
import Webhooks

/// A row that anybody can cause, so that only a sample is written: refusals and handshakes.
protocol SampledRow: Sendable {
    /// When it was received.
    var receivedAt: Timestamp { get }
    /// Whose budget of rows it takes from, and with what it is counted beyond it.
    var group: RowGroup { get }
    /// For how many more it stands.
    var unrecorded: Int { get set }

    /// The same as the one that stands for many: what one of them said is in the rows of their own.
    func standingForMany() -> Self

    /// Writes rows; none is written when it fails.
    static func write(_ rows: [Self], over connection: Connection) throws(PostgresError)
}

/// Rows of one source; of refusals those of one kind are counted together.
struct RowGroup: Hashable {
    let source: String?
    var kind: Refusal.Kind?
}

extension RefusedDelivery: SampledRow {
    var group: RowGroup { RowGroup(source: source, kind: kind) }
    func standingForMany() -> RefusedDelivery { withoutBody() }
}

extension Handshake: SampledRow {
    var group: RowGroup { RowGroup(source: source) }
    func standingForMany() -> Handshake { self }
}

/// Which rows are written as they are, and which are only counted: a forger can make us verify, but not write.
struct RowSample<Row: SampledRow> {
    /// Rows per source and minute; what comes beyond is counted.
    static var rowsPerMinute: Int { 60 }
    /// How long is counted before the count is written, in nanoseconds.
    static var countingTime: Int64 { 2_000_000_000 }

    private var waiting: [Row] = []
    private var rows: [String?: Int] = [:]
    private var minute: Int64 = 0
    /// Of each group the last row, which stands for the others, and when its counting began.
    private var counted: [RowGroup: (last: Row, since: Int64)] = [:]

    /// Takes a row in.
    /// - Parameter now: monotonic nanoseconds.
    /// - Returns: whether it is written as it is.
    mutating func add(_ row: Row, at now: Int64) -> Bool {
        let received = row.receivedAt.seconds / 60
        if received != minute {
            minute = received
            rows = [:]
        }
        let group = row.group
        guard rows[group.source, default: 0] >= Self.rowsPerMinute else {
            rows[group.source, default: 0] += 1
            waiting.append(row)
            return true
        }
        let before = counted[group]
        var last = row.standingForMany()
        last.unrecorded = before.map { $0.last.unrecorded + 1 } ?? 0
        counted[group] = (last, before?.since ?? now)
        return false
    }

    /// What is to be written now; it is no longer kept here.
    /// - Parameters:
    ///   - now: monotonic nanoseconds.
    ///   - all: whether counts that have just begun are written, too.
    mutating func take(at now: Int64, all: Bool) -> [Row] {
        let over = counted.filter { all || now - $0.value.since >= Self.countingTime }
        for group in over.keys { counted[group] = nil }
        defer { waiting = [] }
        return waiting + over.values.map(\.last).sorted { $0.receivedAt < $1.receivedAt }
    }
}
