import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger restore --release` and `--hold`.
struct RestoreRelease {
    let arguments: OperatorArguments
    let time: TimeShape
    let json: Bool

    private static let table = TextTable([
        .init("action"), .init("in_doubt", "in doubt"), .init("then"), .init("certain", "runs"),
        .init("too_old", "too old"), .init("dead"),
    ])

    /// Holds all jobs.
    func hold(_ reason: String?) throws {
        let settings = try arguments.settings()
        let connection = try arguments.connect(settings)
        try RestoreHold.hold(
            reason ?? "A person held all jobs.", known: Self.known(GenerationFile(settings.batch.generationFile)),
            knownUntil: nil, on: connection)
        try OperatorLog.write(
            actor: Actor.name, action: "restore.hold", subject: "restore", reason: reason,
            details: .object(JSONObject()),
            on: connection)
        if !json { Console.say("All jobs are held.") }
    }

    /// Shows what a release would do.
    func show(since: Timestamp?) throws {
        let settings = try arguments.settings()
        let connection = try arguments.connect(settings)
        let open = try RestoreHold.current(on: connection)
        let rows = try rows(settings, since: since, on: connection)
        if json {
            for row in rows { Console.say(JSONValue.object(row).text) }
            return
        }
        guard let open else { return Console.say("No jobs are held for a restore.") }
        Console.say(open.sentence)
        let end = open.knownUntil.map(time.text) ?? "an unknown time"
        Console.say(
            "The restored data ends at \(end); what happened from then to \(time.text(open.noticedAt)) is unknown.")
        Console.say(rows.isEmpty ? "There are no jobs." : Self.table.text(rows))
    }

    private func rows(_ settings: Settings, since: Timestamp?, on connection: Connection) throws -> [JSONObject] {
        try RestoreHold.jobs(since: since, on: connection).map { row in
            let kind = try row.text("kind")
            var object = JSONObject()
            object["action"] = .string(try row.text("action"))
            object["kind"] = .string(kind)
            for name in ["in_doubt", "certain", "too_old", "dead"] {
                object[name] = .number(JSONNumber(try row.bigint(name)))
            }
            // What a kind of action can do about an effect in doubt is a fact of its descriptor.
            let then =
                switch settings.kind(named: kind)?.doubt {
                case .settled: "asks the destination, or repeats what it takes once"
                case .reported: "dead letter: the destination cannot be asked"
                case nil: "held: the configuration has no such action"
                }
            object["then"] = .string(then)
            return object
        }
    }

    /// The number in this host's file; nil for none, or for a damaged file, which a release writes again.
    private static func known(_ file: GenerationFile) -> Int64? { (try? file.read()) ?? nil }

    /// A cell that was restored from a backup that is older than the move of slots has their jobs, too, and would run them a second time.
    private func refuseMovedSlots(_ connection: Connection) throws {
        guard try CellState.isCell(connection), let installation = try arguments.installation() else { return }
        let state = try CellState(of: connection)
        let map = try CellMap(on: arguments.connect(installation))
        let others = map.cells.filter { $0.name != state.name }.flatMap(\.slots)
        let moved = Set(state.slots).intersection(others).sorted()
        guard moved.isEmpty else {
            throw UsageError(
                "this cell still holds slots that have moved to another one (\(CellsList.ranges(moved))), and their jobs run there: "
                    + "hookledger cells check --repair first")
        }
    }

    /// Lets the jobs run, and lets this host run them.
    func run(since: Timestamp?, buries: Bool, reason: String?) throws {
        let settings = try arguments.settings()
        let connection = try arguments.connect(settings)
        connection.queryDeadline = nil
        try refuseMovedSlots(connection)
        let file = GenerationFile(settings.batch.generationFile)
        let open = try RestoreHold.current(on: connection)
        let before = Self.known(file)
        let done = try RestoreHold.release(
            since: since, buries: buries, known: before, actor: Actor.name, reason: reason, on: connection)
        if open != nil || before == nil { try file.write(done.generation) }
        if json {
            let object: JSONValue = [
                "released": .number(JSONNumber(open == nil ? 0 : done.released)),
                "buried": .number(JSONNumber(done.buried)), "generation": .number(JSONNumber(done.generation)),
            ]
            return Console.say(object.text)
        }
        if open == nil {
            return Console.say(
                before == nil
                    ? "No jobs were held for a restore. \(file.path) is written: this host runs jobs now."
                    : "No jobs are held for a restore.")
        }
        Console.say("\(done.released) jobs run again, \(done.buried) became dead letters (hookledger dead list).")
    }
}
