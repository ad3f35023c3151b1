public import Platform
public import Postgres

/// Adds the counts to the database every two seconds, on its own thread and connection, and again at the end. Reports the
/// configuration in use over the same connection.
public final class MetricsFlush: Sendable {
    private let isClosed = Monitor(false)
    private let thread = Monitor<Thread?>(nil)
    private let metrics: Metrics
    private let configuration: ConfigurationReport
    private let conninfo: String
    private let report: @Sendable (PostgresError) -> Void

    /// - Parameters:
    ///   - metrics: what counts.
    ///   - configuration: what reports the configuration.
    ///   - conninfo: of a role that may call `add_metrics` and `note_configuration`.
    ///   - report: called with a failure, once until it succeeds again.
    public init(
        _ metrics: Metrics, _ configuration: ConfigurationReport, conninfo: String,
        report: @escaping @Sendable (PostgresError) -> Void
    ) {
        self.metrics = metrics
        self.configuration = configuration
        self.conninfo = conninfo
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
        isClosed.change { $0 = true }
        thread.withLock { $0 }?.join()
    }

    private func run() {
        var connection: Connection?
        var hasFailed = false
        while true {
            let isLast = isClosed.wait(timeout: .seconds(2)) { $0 ? true : nil } ?? false
            do throws(PostgresError) {
                let used = try open(&connection)
                try metrics.flush(over: used)
                if !isLast { try configuration.write(over: used) }
                hasFailed = false
            } catch {
                if !hasFailed { report(error) }
                hasFailed = true
            }
            if isLast { return }
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
