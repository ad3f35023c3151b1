import ArgumentParser
import JSON
import Ledger
import Postgres
import Settings

/// `hookledger pause`
struct Pause: CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pause a source, an action or a destination: its jobs wait, and nothing is refused.",
        discussion: """
            Deliveries of a paused source are verified, stored and answered 2xx as before; only the jobs of its events wait. \
            A paused destination is a host, such as api.example.com, or a host with its port. Every run of the batch \
            processor knows of a pause within seconds. A call that is under way is not interrupted. Waiting is no failed attempt.

            Another pause of the same name replaces its end and its reason. Without a name the pauses are listed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "A source, an action or a host; source:NAME, action:NAME or destination:HOST says which.")
    var name: String?

    @Option(
        name: .customLong("for"), help: "For how long, such as 30min or 2h, at most 365d. Without it: until `resume`.")
    var time: PauseTime?

    @Option(help: "Why, for the operator log and `status`.")
    var reason: String?

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("kind"), .init("name"), .init("until"), .init("waiting_jobs", "jobs"), .init("paused_by", "by"),
        .init("reason"),
    ])

    func validate() throws {
        guard name != nil || (time == nil && reason == nil) else {
            throw ValidationError("give the source, action or destination to pause")
        }
    }

    var cellScope: CellScope { name == nil ? .router : .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try database.connect(settings)
            guard let name else {
                let rows = try connection.jsonObjects(CommandsSQL.pauses, [])
                return Console.show(rows, Self.table, layout.shape, asJSON: json, whenEmpty: "Nothing is paused.")
            }
            let target = try PauseTarget.find(name, in: settings)
            let row = try connection.query(
                CommandsSQL.pause,
                [
                    .text(target.kind.rawValue), .text(target.name), .bigint(time?.duration.wholeMilliseconds),
                    .text(Actor.name), .text(reason),
                ]
            ).only()
            let (until, wasPaused) = (try row.optionalText("until"), try row.bool("was_paused"))
            var shown = target.json
            shown["until"] = until.map(JSONValue.string) ?? .null
            shown["was_paused"] = .bool(wasPaused)
            Console.say(
                json
                    ? JSONValue.object(shown).text
                    : "\(target.text) is \(wasPaused ? "still " : "")paused \(until.map { "until \(layout.shape.text("until", .string($0)))" } ?? "until it is resumed"): "
                        + "its jobs wait.")
        }
    }
}

/// `hookledger resume`
struct Resume: CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "End a pause: the jobs that waited run, in their order.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "What is paused, as `hookledger pause` lists it.")
    var name: String

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .anyCell(of: nil) }

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            let target = try PauseTarget.find(name, amongPaused: connection.jsonObjects(CommandsSQL.pauses, []))
            let row = try connection.query(
                CommandsSQL.resume,
                [.text(target.kind.rawValue), .text(target.name), .text(Actor.name), .text(reason)]
            ).only()
            guard try row.bool("was_paused") else { throw NotFound("\(target.text) is not paused") }
            let jobs = try row.bigint("jobs")
            var shown = target.json
            shown["jobs"] = .number(JSONNumber(jobs))
            Console.say(
                json
                    ? JSONValue.object(shown).text
                    : "\(target.text) is resumed; \(Plural.text(Int(jobs), "job")) waited for it.")
        }
    }
}

/// A time for `--for`.
struct PauseTime: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.read(argument), duration >= .seconds(1), duration <= .seconds(365 * 86_400)
        else { return nil }
        self.duration = duration
    }
}
