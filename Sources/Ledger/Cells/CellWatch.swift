public import Platform
import Postgres

/// Has a router ask its cells at once when a batch waits for its answer. The committers say that they wait; a thread of its own asks,
/// because its session has sessions with the cells, and keeps them: a new one with a host that has vanished takes longer to open than a
/// batch may wait. Nothing else uses that session, so that it is free when a batch needs it.
public final class CellWatch: Sendable {
    /// What the thread does next.
    private enum Turn: Sendable {
        /// It keeps the sessions with the cells.
        case keep
        /// It has the cells asked, for batches of which the first was sent at that time.
        case ask(Int64)
        /// It ends.
        case end
    }

    private struct State {
        var isClosed = false
        /// Whether batches of this program wait for cells.
        var isUsed = false
        /// When the first of the batches that wait was sent, in monotonic nanoseconds.
        var sentAt: Int64?
        /// When the router last said that a cell had gone away.
        var lostAt = Int64.min
    }

    /// How long a batch waits before the cells are asked, and how often it looks for what they said.
    static let patience = Duration.milliseconds(300)
    static let pause = Duration.milliseconds(50)
    /// How often the sessions with the cells are looked at.
    private static let keeping = Duration.seconds(2)

    private let state = Monitor(State())
    private let conninfo: String
    private let thread = Monitor<Thread?>(nil)

    /// Nobody waits.
    /// - Parameter conninfo: of a role that may call `lost_cell`. Nothing is opened before a batch is sent to a router.
    public init(conninfo: String) { self.conninfo = conninfo }

    /// Starts the thread that asks.
    /// - Throws: `SystemCallError` if no thread can be created.
    public func start() throws(SystemCallError) {
        let watching = try Thread(name: "cells") { self.run() }
        thread.withLock { $0 = watching }
    }

    /// Ends the thread.
    public func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    /// Batches will wait for cells.
    func use() { state.change { $0.isUsed = true } }

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

    private func run() {
        guard state.wait({ $0.isUsed || $0.isClosed ? true : nil }) != nil else { return }
        var session = LazySession { [conninfo] () throws(PostgresError) in
            try Connection(
                conninfo: conninfo, applicationName: "hookledger-watch", settings: [("search_path", "hookledger")],
                connectTimeout: .seconds(2), queryDeadline: .seconds(6))
        }
        while true {
            // What fails is tried again soon. What is wrong with the router is reported by the counters.
            switch next() {
            case .keep: _ = try? isLost(waitingFor: nil, over: session.open())
            case .ask(let sent):
                let waiting = (SystemClock.monotonicNanoseconds() - sent) / 1_000_000
                if (try? isLost(waitingFor: waiting, over: session.open())) == true {
                    state.change { $0.lostAt = SystemClock.monotonicNanoseconds() }
                }
            case .end: return
            }
        }
    }

    /// Waits for the next turn.
    private func next() -> Turn {
        state.wait(timeout: Self.keeping) { state in
            if state.isClosed { return .end }
            defer { state.sentAt = nil }
            return state.sentAt.map { .ask($0) }
        } ?? .keep
    }

    /// Has the router ask its cells, all of them without a batch that waits.
    /// - Parameter milliseconds: how long the batch has waited.
    /// - Returns: whether a cell has gone away within that time.
    private func isLost(waitingFor milliseconds: Int64?, over connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(CellSQL.lostCell, [.bigint(milliseconds)]).only().bool(0)
    }
}
