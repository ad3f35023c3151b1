import Actions
import ArgumentParser
import Jobs
import Ledger
import LogLines
import Logging
import Outbound
import Platform
import Postgres
import Settings
import Transport

/// Builds a run from the settings.
struct Work {
    let settings: Settings
    let options: RunOptions
    let stop: StopFlag
    /// Reports the configuration.
    let report: ConfigurationReport
    let metrics: Metrics

    /// - Throws: an exit code when libcurl cannot start.
    func run() throws -> RunReport {
        let client: HTTPClient
        do throws(OutboundFailure) {
            client = try HTTPClient(
                HTTPClient.Configuration(
                    userAgent: "hookledger",
                    addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts),
                    maxInFlight: options.maxHeld))
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(ProgramExit.later.rawValue)
        }
        var options = options
        options.alertThrough = settings.actions.filter { $0.tellsAlerts && $0.fault == nil }.map(\.name)
        options.alerts = settings.alerts
        options.holds = settings.holds
        let gate = Gate(
            file: GenerationFile(settings.batch.generationFile), logger: Logger(label: "hookledger.batch"), stop: stop)
        options.revision = settings.revision
        options.sampler = settings.usableTelemetry?.sampler
        let door = settings.database.door.connection(for: .batch).conninfo
        let isCell = settings.database.cellName != nil
        options.gate = { [report] (connection) throws(PostgresError) in
            let reason = try gate.state(on: connection).reason
            // Without its revision the run would take jobs of newer ones.
            // A cell that keeps the configurations and is away must not stop the others.
            if reason == nil { if isCell { report.write(to: door) } else { try report.write(over: connection) } }
            return reason
        }
        let logger = Logger(label: "hookledger.batch")
        options.metrics = metrics
        for problem in settings.problems where problem.severity.isMistake { logger.error("\(problem)") }
        let conninfo = settings.database.connection(for: .batch).conninfo
        let flush = MetricsFlush(metrics, report, conninfo: door) {
            logger.report(.countersNotWritten, ["error": "\($0)"])
        }
        let run = BatchRun(
            conninfo: conninfo, actions: ActionTable.actions(settings),
            conditions: RuleConditions(settings), client: client, options: options,
            logger: logger, stop: stop)
        let side = SideWork(settings: settings, metrics: metrics, logger: logger, gate: gate, stop: stop)
        report.write(to: door)
        side.takeInSpool()
        let beside = try Thread(name: "side") { side.run() }
        try flush.start()
        defer {
            side.ended.raise()
            beside.join()
            flush.finish()
        }
        return run.run()
    }

    /// How the program ends after such a run.
    static func status(_ end: RunReport.End) -> ProgramExit {
        switch end {
        case .finished, .noSlot: .done
        case .databaseAway, .held: .later
        case .misconfigured: .configuration
        }
    }
}
