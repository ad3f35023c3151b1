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

    /// A cell of a move.
    static func end(_ name: String, _ arguments: CellArguments, _ settings: DatabaseSettings) throws -> SlotMove.End {
        (name, try arguments.cell(name, settings), try arguments.cell(name, settings))
    }

    /// Moves slots, and ends the move of those that have arrived.
    /// - Returns: how many rows moved.
    static func move(
        _ slots: [Int], from old: String, to new: String, _ arguments: CellArguments, _ settings: DatabaseSettings,
        _ router: Connection, _ output: CellOutput
    ) throws -> Int {
        let (from, to) = (try end(old, arguments, settings), try end(new, arguments, settings))
        let held = Set(try CellState(of: from.connection).held).intersection(slots)
        for other in try CellMap(on: router).cells where ![old, new].contains(other.name) {
            try refuse(slots, at: other.name, unfinished: held, from: old, arguments, settings)
        }
        let arrived = Set(try CellState(of: to.connection).open).intersection(slots)
        var rows = 0
        for part in [arrived.sorted(), slots.filter { !arrived.contains($0) }] where !part.isEmpty {
            rows += try report(SlotMove(part, from: from, to: to, router: router).run(), part, old, new, output)
        }
        return rows
    }

    /// - Throws: `UsageError` if a third cell has slots that are to move, or may have them because a move was interrupted.
    private static func refuse(
        _ slots: [Int], at other: String, unfinished: Set<Int>, from old: String, _ arguments: CellArguments,
        _ settings: DatabaseSettings
    ) throws {
        let there: [Int]
        do {
            there = Set(try CellState(of: arguments.cell(other, settings)).open).intersection(slots).sorted()
        } catch {
            if unfinished.isEmpty { return }
            throw UsageError(
                "a move of the slots \(CellsList.ranges(unfinished.sorted())) was interrupted, and may have ended at \(other): "
                    + "\(error)")
        }
        if there.isEmpty { return }
        let ranges = CellsList.ranges(there)
        throw UsageError(
            unfinished.isSuperset(of: there)
                ? "the slots \(ranges) have arrived in \(other): hookledger cells move \(ranges) \(other) ends that move"
                : "\(old) and \(other) hold the slots \(ranges): hookledger cells check")
    }

    /// Says what a move did.
    private static func report(
        _ report: SlotMove.Report, _ slots: [Int], _ old: String, _ new: String, _ output: CellOutput
    ) -> Int {
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
