import Platform
import Postgres

/// Has a router ask its cells at once when a batch waits for its answer. The committers say that they wait; the thread that
/// brings the counters asks, because its session has sessions with the cells, and keeps them: a new one with a host that has vanished
/// takes longer to open than a batch may wait.
public final class CellWatch: Sendable {
    /// What the thread of the counters does next.
    enum Turn: Sendable {
        /// It brings them.
        case flush
        /// It has the cells asked, for batches of which the first was sent at that time.
        case ask(Int64)
        /// It brings them for the last time.
        case end
    }

    private struct State {
        var isClosed = false
        /// Whether batches wait for cells.
        var isUsed = false
        /// When the first of the batches that wait was sent, in monotonic nanoseconds.
        var sentAt: Int64?
        /// When the router last said that a cell had gone away.
        var lostAt = Int64.min
    }

    /// How long a batch waits before the cells are asked, and how often it looks for what they said.
    static let patience = Duration.milliseconds(300)
    static let pause = Duration.milliseconds(50)

    private let state = Monitor(State())

    /// Nobody waits.
    public init() {}

    /// Whether batches of this program wait for cells.
    var isUsed: Bool { state.withLock(\.isUsed) }

    /// Batches will wait for cells.
    func use() { state.withLock { $0.isUsed = true } }

    /// A batch still waits for its answer.
    /// - Parameter sent: when it was sent, in monotonic nanoseconds.
    /// - Returns: whether a cell has gone away since.
    func isLost(since sent: Int64) -> Bool {
        state.change { state in
            if state.lostAt > sent { return true }
            state.sentAt = min(state.sentAt ?? sent, sent)
            return false
        }
    }

    /// Waits for the next turn.
    /// - Parameter due: when the counters are brought, in monotonic nanoseconds.
    func next(until due: Int64) -> Turn {
        let left = max(0, due - SystemClock.monotonicNanoseconds())
        return state.wait(timeout: .nanoseconds(left)) { state in
            if state.isClosed { return .end }
            defer { state.sentAt = nil }
            return state.sentAt.map { .ask($0) }
        } ?? .flush
    }

    /// Has the router ask its cells.
    /// - Parameters:
    ///   - sent: when the first batch that waits was sent.
    ///   - connection: of a role that may ask, at a router.
    func ask(since sent: Int64, over connection: Connection) throws(PostgresError) {
        let waiting = (SystemClock.monotonicNanoseconds() - sent) / 1_000_000
        let isLost = try connection.query(CellSQL.lostCell, [.bigint(waiting)]).only().bool(0)
        if isLost { state.change { $0.lostAt = SystemClock.monotonicNanoseconds() } }
    }

    /// Opens the sessions with the cells again that have ended, by a question.
    func keepSessions(over connection: Connection) throws(PostgresError) {
        _ = try connection.query(CellSQL.lostCell, [.bigint(nil)])
    }

    /// The next turn is the last one.
    func close() { state.change { $0.isClosed = true } }
}
