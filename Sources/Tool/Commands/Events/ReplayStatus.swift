import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres

/// `hookledger replay status`
struct ReplayStatus: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the progress of a replay, and an estimate of its end.",
        discussion: """
            Jobs of a replay wait behind those of live deliveries; of 20 jobs that start, at least one is theirs. The \
            estimate goes by what has ended since the start.
            """)

    @OptionGroup var database: OperatorArguments
    @Argument(help: ArgumentHelp("The name of the replay.", valueName: "run"))
    var name: String
    @OptionGroup var times: TimeArguments
    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .anyCell(of: nil) }

    func run() throws {
        try reportingErrors {
            guard let status = try ReplayProgress.status(of: name, on: database.connect()) else {
                throw NotFound("no replay named \(name)")
            }
            Console.say(json ? JSONValue.object(status).text : ReplayText.progress(status, times.shape))
        }
    }
}

/// `hookledger replay cancel`
struct ReplayCancel: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a replay: its jobs that have not begun do not run.",
        discussion: """
            Jobs that have begun end as they would. A job that was a dead letter before is one again. Events that a \
            replay with --set made stay stored.
            """)

    @OptionGroup var database: OperatorArguments
    @Argument(help: ArgumentHelp("The name of the replay.", valueName: "run"))
    var name: String
    @Option(help: "Why, for the operator log.")
    var reason: String?
    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .anyCell(of: nil) }

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            // The operator waits while a batch of the replay is written.
            connection.queryDeadline = nil
            let done = try ReplayProgress.cancel(name, actor: Actor.name, reason: reason, on: connection)
            guard let done else { throw NotFound("no replay named \(name)") }
            Console.say(json ? ReplayText.object(done, name).text : ReplayText.sentence(done))
        }
    }
}

/// The progress of a replay, in words.
enum ReplayText {
    static func progress(_ status: JSONObject, _ time: TimeShape) -> String {
        let number = { (name: String) in status[name]?.integer ?? 0 }
        var lines = [
            "\(Plural.text(Int(number("events")), "event")) replayed, \(Plural.text(Int(number("made")), "job")): "
                + "\(number("ended")) ended, \(number("running")) running, \(number("waiting")) waiting, "
                + "\(number("held")) held, \(number("dead")) dead"
        ]
        if let end = status["cancelled_at"]?.string { lines.append("Cancelled at \(time.text(end)).") }
        if let end = status["estimated_end"]?.string { lines.append("Estimated end: \(time.text(end)).") }
        return lines.joined(separator: "\n")
    }

    static func sentence(_ done: ReplayProgress.Cancellation) -> String {
        var text = "\(Plural.text(Int(done.takenBack), "job")) cancelled"
        if done.deadAgain > 0 { text += ", \(Plural.text(Int(done.deadAgain), "dead letter")) restored" }
        return text + "; \(Plural.text(Int(done.begun), "job")) had begun."
    }

    static func object(_ done: ReplayProgress.Cancellation, _ run: String) -> JSONValue {
        [
            "run": .string(run), "taken_back": .number(JSONNumber(done.takenBack)),
            "dead_again": .number(JSONNumber(done.deadAgain)), "begun": .number(JSONNumber(done.begun)),
        ]
    }
}
