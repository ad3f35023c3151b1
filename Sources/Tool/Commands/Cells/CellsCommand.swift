import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger cells`
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Several databases that hold whole shops: list, add, move, check, and run a command on each.",
        discussion: """
            The configuration's database is the router, and database.cells names the cells by the names of their databases. \
            Each source has one of 1,024 slots, and each slot is in one cell. docs/scaling.md describes the steps.
            """,
        subcommands: [CellsList.self, CellsAdd.self, CellsMove.self, CellsCheck.self, CellsEach.self],
        defaultSubcommand: CellsList.self)
}

/// For commands on the router and its cells, as a role that may change everything.
struct CellArguments: ParsableArguments {
    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    /// - Throws: exit code 78 after every mistake was printed; `UsageError` if there are no cells.
    func settings() throws -> DatabaseSettings { try whole().database }

    /// The same with everything else.
    func whole() throws -> Settings {
        let settings: Settings
        do throws(SettingsErrors) {
            settings = try Settings.load(path: config, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
        } catch {
            StandardError.write(error.description)
            throw ExitCode(.configuration)
        }
        guard !settings.database.cells.isEmpty else {
            throw UsageError("the configuration has no cells: database.cells names them (docs/scaling.md)")
        }
        return settings
    }

    func router(_ settings: DatabaseSettings) throws -> Connection {
        let connection = try open(settings.connection(for: .owner))
        guard try SchemaFiles.Kind(of: connection) == .router else {
            throw UsageError("the database of the configuration is no router: hookledger migrate --router makes one")
        }
        return connection
    }

    /// - Throws: `UsageError` if the configuration has no such cell, or if the connection leads elsewhere.
    func cell(_ name: String, _ settings: DatabaseSettings) throws -> Connection {
        guard let cell = settings.cell(named: name) else {
            throw UsageError(
                "there is no cell \"\(name)\"; database.cells has \(settings.cells.map(\.name).joined(separator: ", "))"
            )
        }
        let connection: Connection
        do {
            connection = try open(cell.connection(for: .owner))
        } catch var error as PostgresError {
            error.message = "the cell \(name): \(error.message)"
            throw error
        }
        let database = try connection.query("select current_database()::text").only().text(0)
        guard database == name else {
            throw UsageError(
                "the connection of the cell \(name) opens the database \(database), whose name must be that of the cell"
            )
        }
        return connection
    }

    private func open(_ info: ConnectionInfo) throws -> Connection {
        try Connection(
            conninfo: info.conninfo, applicationName: "hookledger-cells", settings: [("search_path", "hookledger")],
            queryDeadline: .seconds(60))
    }
}

/// What a command on cells did, for people or for programs.
struct CellOutput: ParsableArguments {
    @Flag(help: "One JSON object a line.")
    var json = false

    func say(_ text: String, _ members: [(String, JSONValue)]) {
        guard json else { return Console.say(text) }
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        Console.say(JSONValue.object(object).text)
    }

    /// What would move.
    func sayPlan(_ slots: [Int], from cell: String) {
        let ranges = CellsList.ranges(slots)
        say(
            "from \(cell): \(slots.count) slots (\(ranges))",
            [("from", .string(cell)), ("slots", Self.number(slots.count)), ("ranges", .string(ranges))])
    }

    static func number(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}

/// Moves slots, and says so.
enum CellMoves {
    /// An older backup of the new cell has nothing of the slots, and one of an old cell has them a second time.
    static func adviseBackup(_ cells: [String]) {
        let names = Set(cells).sorted().joined(separator: ", ")
        Console.say("Back up these cells now, as their older backups do not know of this move: \(names).")
    }

    /// - Returns: how many rows moved.
    static func move(
        _ slots: [Int], from old: String, to new: String, _ arguments: CellArguments, _ settings: DatabaseSettings,
        _ router: Connection, _ output: CellOutput
    ) throws -> Int {
        let report = try SlotMove(
            slots, from: (old, arguments.cell(old, settings)), to: (new, arguments.cell(new, settings)), router: router
        ).run()
        output.say(
            "\(Plural.text(slots.count, "slot")) moved from \(old) to \(new): \(Plural.text(report.rows, "row")), "
                + "held for \(report.closedFor.wholeMilliseconds) ms.",
            [
                ("from", .string(old)), ("to", .string(new)), ("slots", CellOutput.number(slots.count)),
                ("rows", CellOutput.number(report.rows)),
                ("held_ms", CellOutput.number(Int(report.closedFor.wholeMilliseconds))),
            ])
        return report.rows
    }
}
