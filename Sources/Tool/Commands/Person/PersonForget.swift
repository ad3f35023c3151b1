import ArgumentParser
import Glibc
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger person forget`
struct PersonForget: CellCommand {
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

    func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must not be empty") }
    }

    var database: OperatorArguments { whom.database }
    var cellScope: CellScope { .anyCell(of: whom.source) }

    func run() throws {
        try reportingErrors {
            guard let asked = try whom.begin(reason) else { return }
            let (connection, look) = (asked.connection, try asked.look())
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
                // Other hosts have files of their own in aside/.
                if asked.settings.spool != nil {
                    try AsideRequests.ask(.forget, of: asked.person, asked.request, on: connection)
                }
                return try redaction.finish(on: connection)
            }
            let removed = try asked.aside.redact()
            let done: JSONValue = [
                "done": .string(answer), "aside": .number(JSONNumber(Int64(removed))),
                "search": redaction.report.json,
            ]
            Console.say(whom.json ? done.text : "Forgotten: \(answer); \(removed) deliveries in aside/.")
        }
    }

    private func confirm(_ count: Int) throws {
        if yes { return }
        guard isatty(0) == 1 else { throw ValidationError("there is no terminal to ask on: add --yes") }
        StandardError.write("This erases personal data from \(count) rows and events for good. Type yes to continue:")
        guard readLine() == "yes" else { throw NotFound("nothing was changed") }
    }
}
