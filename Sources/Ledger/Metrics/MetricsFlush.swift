public import Platform
public import Postgres

/// Adds the counts to the database every two seconds, on its own thread and connection, and again at the end. Over the same
/// connection it reports the configuration in use.
public final class MetricsFlush: Sendable {
    /// The time between two turns.
    private static let pause = Duration.seconds(2)

    /// How long a turn may take. A router asks its cells meanwhile.
    static let deadline = Duration.seconds(6)

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
        var session = LazySession { [conninfo] () throws(PostgresError) in
            try Connection(
                conninfo: conninfo, applicationName: "hookledger-metrics",
                settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
                queryDeadline: Self.deadline)
        }
        var hasFailed = false
        while true {
            let isLast = isClosed.wait(timeout: Self.pause) { $0 ? true : nil } ?? false
            do throws(PostgresError) {
                let used = try session.open()
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
}
