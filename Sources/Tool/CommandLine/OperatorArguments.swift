import Actions
import ArgumentParser
import Platform
import Postgres
import Settings
import Webhooks

/// For commands that read the configuration and work on its database, as the role `hookledger_operator`.
struct OperatorArguments: ParsableArguments {
    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    /// - Throws: exit code 78 (EX_CONFIG) after every mistake was printed.
    func settings() throws -> Settings {
        do throws(SettingsErrors) {
            return try read()
        } catch {
            StandardError.write(error.description)
            throw ExitCode(.configuration)
        }
    }

    /// - Throws: every mistake, nothing printed.
    /// - Parameter reader: whose secrets are read.
    func read(for reader: Settings.Reader = .person) throws(SettingsErrors) -> Settings {
        try Settings.load(path: config, for: reader, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
    }

    /// The settings of the installation where those of one of its cells are used (`HOOKLEDGER_CELL`); nil without cells.
    func installation() throws -> Settings? {
        var input = SettingsInput.system
        let variable = input.variable
        input.variable = { $0 == CellRun.variable ? nil : variable($0) }
        let settings = try Settings.load(
            path: config, for: .person, from: input, kinds: ActionTable.kinds, now: SystemClock.now)
        return settings.database.cells.isEmpty ? nil : settings
    }

    /// A source of the configuration.
    /// - Throws: `UsageError` with all names when there is none of that one.
    func source(_ name: String) throws -> SourceSettings {
        try settings().sourceToUse(name)
    }

    /// - Throws: ``NoConnection``.
    func connect(_ settings: Settings) throws -> Connection {
        do {
            return try Connection(
                conninfo: settings.database.connection(for: .operator).conninfo, applicationName: "hookledger",
                settings: [("search_path", "hookledger")], queryDeadline: .seconds(60))
        } catch {
            throw NoConnection(error, hasConfiguration: settings.file != nil)
        }
    }

    func connect() throws -> Connection { try connect(settings()) }
}
