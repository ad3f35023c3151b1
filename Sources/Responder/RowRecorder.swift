import Ledger
import Logging
import Platform
import Postgres

/// Keeps a sample of rows in memory and writes it once a second, away from the way of the webhooks. Where Postgres is away
/// the rows are lost: nothing depends on them.
final class RowRecorder<Row: SampledRow>: Sendable {
    /// What waits to be written.
    private struct State: Sendable {
        var sample = RowSample<Row>()
        var isClosed = false
    }

    private let state = Monitor(State())
    private let conninfo: String
    private let name: String
    private let notRecorded: @Sendable (_ count: Int, _ error: PostgresError) -> Void
    private let thread = Monitor<Thread?>(nil)

    /// - Parameters:
    ///   - conninfo: of a role that may execute what writes such rows.
    ///   - name: of the thread and the connection.
    ///   - notRecorded: called with how many rows were lost, and why.
    init(conninfo: String, name: String, notRecorded: @escaping @Sendable (Int, PostgresError) -> Void) {
        self.conninfo = conninfo
        self.name = name
        self.notRecorded = notRecorded
    }

    /// Takes a row in; never blocks.
    /// - Returns: whether it is written as it is, and not only counted.
    @discardableResult
    func record(_ row: Row) -> Bool {
        let now = SystemClock.monotonicNanoseconds()
        return state.withLock { $0.sample.add(row, at: now) }
    }

    /// Starts the thread that writes.
    /// - Throws: `SystemCallError` when no thread can be started.
    func start() throws(SystemCallError) {
        let writing = try Thread(name: name) { self.writeUntilClosed() }
        thread.withLock { $0 = writing }
    }

    /// Writes what is left, then ends the thread.
    func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    private func writeUntilClosed() {
        var session = LazySession { [conninfo, name] () throws(PostgresError) in
            try Connection(
                conninfo: conninfo, applicationName: "hookledger-\(name)",
                settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
                queryDeadline: .seconds(3))
        }
        while true {
            let isClosed = state.wait(timeout: .seconds(1)) { $0.isClosed ? true : nil } ?? false
            let now = SystemClock.monotonicNanoseconds()
            let rows = state.withLock { $0.sample.take(at: now, all: isClosed) }
            if !rows.isEmpty { write(rows, &session) }
            if isClosed { return }
        }
    }

    /// Writes rows, again over a new connection if the old one was dead. It is opened when the first row is there: many hosts see one
    /// a month.
    private func write(_ rows: [Row], _ session: inout LazySession) {
        do throws(PostgresError) {
            do throws(PostgresError) {
                try Row.write(rows, over: session.open())
            } catch {
                guard error.connectionLost else { throw error }
                try Row.write(rows, over: session.open())
            }
        } catch {
            notRecorded(rows.count, error)
        }
    }
}
