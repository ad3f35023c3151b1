import API
import FastCGI
import Ledger
import LogLines
import Logging
import Platform
import Settings
import Webhooks

/// The parts of a running responder, started and stopped in order.
struct ResponderProgram {
    let settings: Settings
    /// Reads the configuration again, as at the start.
    let read: @Sendable () throws(SettingsErrors) -> Settings
    /// When the configuration was read, in monotonic nanoseconds.
    let readAt: Int64
    let pool: HookledgerResponder.Pool
    let workers: Int
    let capacity: Int

    /// Serves until a signal; then it accepts no more requests, and commits and answers those in flight.
    func run() throws {
        let logger = Logger(label: "hookledger-responder")
        for problem in settings.problems {
            logger.log(level: problem.severity.isMistake ? .error : .warning, "\(problem)")
        }
        let unsigned = settings.unsignedSources
        if !unsigned.isEmpty {
            logger.report(.unsignedAccepted, ["sources": "\(unsigned.joined(separator: " "))"])
        }
        let conninfo = settings.database.connection(for: pool.role).conninfo
        let report = ConfigurationReport(
            program: pool.rawValue, host: HostName.own, pid: HostName.pid, using: settings.revision, readAt: readAt)
        try StoreStart.check(conninfo, report, logger: logger)
        let metrics = Metrics(program: pool.rawValue)
        let flush = MetricsFlush(metrics, report, conninfo: conninfo) {
            logger.report(.countersNotWritten, ["error": "\($0)"])
        }
        let part: any PoolPart =
            switch pool {
            case .ingest:
                IngestPool(
                    settings: settings, conninfo: conninfo, spool: spool(logger), metrics: metrics, logger: logger)
            case .api:
                APIHandler(
                    api: API(settings: settings),
                    connections: .init(primary: conninfo, standby: settings.database.apiReading?.conninfo),
                    metrics: metrics, logger: logger)
            }
        var configuration = ServerConfiguration()
        configuration.workers = workers
        configuration.capacity = capacity
        // Made before the first thread: it blocks the signals that later threads must not take.
        let server = try Server(
            configuration: configuration, handler: part.handler,
            notify: { logger.warning("\($0)") })
        try part.start()
        try flush.start()
        let reloader = Reloader(
            reload: ConfigurationReload(settings, role: pool.role, report: report, metrics: metrics, read: read),
            logger: logger, use: part.use)
        // It waits for signals until the process ends.
        _ = try Thread(name: "reload") { reloader.run() }
        logger.report(
            .responderStarted,
            [
                "pool": "\(pool.rawValue)", "workers": "\(workers)", "sources": "\(settings.sourceNames)",
                "revision": "\(settings.revision.number.map(String.init) ?? "-")",
            ])
        try server.run { part.finish() }
        part.end()
        reloader.reload.finish()
        flush.finish()
        report.leave(to: conninfo)
        logger.report(.responderEnded, ["pool": "\(pool.rawValue)"])
    }

    /// The spool of the pool that takes webhooks. Without its key nothing is spooled: what cannot be authenticated
    /// later is answered 503 now, and its sender retries.
    private func spool(_ logger: Logger) -> Spool? {
        guard let folder = settings.spool else { return nil }
        let spool: Spool
        do throws(KeyFileProblem) {
            spool = Spool(folder: folder, key: try KeyFile.load(settings.keys.credentials))
        } catch {
            logger.report(.spoolOff, ["error": "\(error)"])
            return nil
        }
        do throws(Spool.Failure) {
            try spool.prepare()
        } catch {
            logger.report(.spoolNotWritable, ["error": "\(error)"])
        }
        return spool
    }
}

/// What one pool answers, and the threads that it needs for that; the other pool's are not started.
protocol PoolPart: Sendable {
    /// What requests are handed to.
    var handler: any RequestHandler { get }

    /// Handles the requests that begin from now on by these settings.
    func use(_ settings: Settings)

    /// Starts its threads.
    /// - Throws: `SystemCallError` when no thread can be started.
    func start() throws(SystemCallError)

    /// Nothing more is accepted: finishes what is in flight.
    func finish()

    /// Everything is answered: writes what is left.
    func end()
}

extension Settings {
    /// For the log.
    var sourceNames: String { sources.map(\.name).joined(separator: " ") }
}
