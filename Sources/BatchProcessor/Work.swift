import Actions
import ArgumentParser
import Jobs
import Logging
import Outbound
import Platform
import Settings

/// Puts a run together from the settings.
struct Work {
    let settings: Settings
    let options: RunOptions
    let stop: StopFlag

    /// - Throws: an exit code when libcurl can not start.
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
            throw ExitCode(75)
        }
        var options = options
        options.alertThrough = settings.actions.filter(\.tellsAlerts).map(\.name)
        options.alerts = settings.alerts
        let run = BatchRun(
            conninfo: settings.database.connection(for: .batch).conninfo, actions: ActionTable.actions(settings),
            conditions: RuleConditions(settings), client: client, options: options,
            logger: Logger(label: "hookledger.batch"), stop: stop)
        let upkeep = Upkeep(settings: settings, logger: Logger(label: "hookledger.batch"), stop: stop)
        upkeep.takeInSpool()
        let beside = try Thread(name: "upkeep") { upkeep.run() }
        defer {
            upkeep.ended.raise()
            beside.join()
        }
        return run.run()
    }

    /// The exit code of sysexits.h; nil for success.
    static func exitCode(_ end: RunReport.End) -> Int32? {
        switch end {
        case .finished, .noSlot: nil
        case .databaseAway: 75
        case .misconfigured: 78
        }
    }
}
