import ArgumentParser
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger orders`
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at orders, and fold them anew from their events.",
        subcommands: [OrdersShow.self, OrdersRebuild.self])
}

/// How a command reaches the database, as an operator.
struct OperatorConnection: ParsableArguments {
    @Option(
        help:
            "The configuration file (default: $HOOKLEDGER_CONFIG, ./hookledger.yaml, /etc/hookledger/hookledger.yaml).")
    var config: String?

    func open() throws -> Connection {
        let settings: Settings
        do {
            settings = try Settings.load(
                path: config, from: .system, now: Timestamp(microseconds: SystemClock.wallMicroseconds()))
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(78)
        }
        return try Connection(
            conninfo: settings.database.connection(for: .operator).conninfo, applicationName: "hookledger",
            settings: [("search_path", "hookledger")])
    }
}
