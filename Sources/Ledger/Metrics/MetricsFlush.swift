public import Platform
public import Postgres

/// Adds the counts to the database every two seconds, on its own thread and connection, and again at the end. Over the same
/// connection it reports the configuration in use, and has a router ask its cells (``CellWatch``).
public final class MetricsFlush: Sendable {
    /// Nanoseconds between two turns.
    private static let pause: Int64 = 2_000_000_000

    private let thread = Monitor<Thread?>(nil)
    private let metrics: Metrics
    private let configuration: ConfigurationReport
    private let conninfo: String
    private let cells: CellWatch
    private let report: @Sendable (PostgresError) -> Void

    /// - Parameters:
    ///   - metrics: what counts.
    ///   - configuration: what reports the configuration.
    ///   - conninfo: of a role that may call `add_metrics` and `note_configuration`.
    ///   - cells: what has the cells of a router asked, for the program whose batches wait for them.
    ///   - report: called with a failure, once until it succeeds again.
    public init(
        _ metrics: Metrics, _ configuration: ConfigurationReport, conninfo: String, cells: CellWatch = CellWatch(),
        report: @escaping @Sendable (PostgresError) -> Void
    ) {
        self.metrics = metrics
        self.configuration = configuration
        self.conninfo = conninfo
        self.cells = cells
        self.report = report
    }

    /// Starts the thread.
    /// - Throws: `SystemCallError` if no thread can be created.
    public func start() throws(SystemCallError) {
        let flushing = try Thread(name: "metrics") { self.run() }
        thread.withLock { $0 = flushing }
    }

    /// Adds the rest, then ends the thread.
    public func finish() {
        cells.close()
        thread.withLock { $0 }?.join()
    }

    private func run() {
        var connection: Connection?
        var hasFailed = false
        var due = SystemClock.monotonicNanoseconds() + Self.pause
        while true {
            let turn = cells.next(until: due)
            do throws(PostgresError) {
                let used = try open(&connection)
                if case .ask(let sent) = turn {
                    // The next turn of the counters reports what is wrong.
                    try? cells.ask(since: sent, over: used)
                    continue
                }
                if used.endsByClosing, cells.isUsed { try? cells.keepSessions(over: used) }
                try metrics.flush(over: used)
                if case .flush = turn { try configuration.write(over: used) }
                hasFailed = false
            } catch {
                if !hasFailed { report(error) }
                hasFailed = true
            }
            if case .end = turn { return }
            due = SystemClock.monotonicNanoseconds() + Self.pause
        }
    }

    private func open(_ connection: inout Connection?) throws(PostgresError) -> Connection {
        if let connection {
            if !connection.isUsable { try connection.reset() }
            return connection
        }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-metrics",
            settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
            // A router asks its cells meanwhile.
            queryDeadline: .seconds(6))
        connection = made
        return made
    }
}
