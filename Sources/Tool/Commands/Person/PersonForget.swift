import ArgumentParser
import Glibc
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger person forget`
struct PersonForget: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Erase a person's data from all stored rows and events.",
        discussion: """
            Ids, times, amounts and hashes stay, and a line in operator_log. It cannot be undone: it asks \
            first, unless --yes. Safe to repeat after an interruption.

            Exit codes: 0 done; 1 no valid value, or nothing is stored of this person (nothing was changed); 64 \
            wrong usage.
            """)

    @OptionGroup var whom: PersonArguments

    @Option(help: "Why, for the operator log; required.")
    var reason: String

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    @Flag(help: "Only list the matches with reasons, and near misses, by row id.")
    var dryRun = false

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must not be empty") }
    }

    func run() throws {
        try reportingErrors {
            let settings = try whom.database.settings()
            let connection = try whom.connect(settings)
            let person = try whom.person(settings, on: connection)
            let key = whom.key(settings)
            let request = PersonRequest(actor: Actor.name, reason: reason)
            let aside = SpoolAside(
                of: person, folder: settings.spool,
                key: try KeyFile.existing(settings.keys.credentials))
            let look = try PersonReport.look(person, request, key, aside, on: connection)
            if dryRun { return try PersonReport.show(look, asJSON: json) }
            if !look.foundSomething {
                StandardError.write(look.redaction.report.text)
                throw NotFound("nothing is stored of this person; nothing was changed")
            }
            try confirm(look.redaction.plan.lines.count)
            var redaction = look.redaction
            while !redaction.isReady {
                redaction = try connection.transaction { [redaction] () throws(PostgresError) in
                    var next = redaction
                    try next.step(on: connection)
                    return next
                }
            }
            let answer = try connection.transaction { [redaction] () throws(PostgresError) -> String in
                // Other hosts have their own files in aside/.
                if settings.spool != nil { try AsideRequests.ask(.forget, of: person, request, on: connection) }
                return try redaction.finish(on: connection)
            }
            let removed = try aside.redact()
            let done: JSONValue = [
                "done": .string(answer), "aside": .number(JSONNumber(Int64(removed))),
                "search": redaction.report.json,
            ]
            Console.say(json ? done.text : "Erased: \(answer); \(removed) deliveries in aside/.")
        }
    }

    private func confirm(_ count: Int) throws {
        if yes { return }
        guard isatty(0) == 1 else { throw ValidationError("there is no terminal to ask on: add --yes") }
        StandardError.write("This erases personal data from \(count) rows and events for good. Type yes to continue:")
        guard readLine() == "yes" else { throw NotFound("nothing was changed") }
    }
}
