import ArgumentParser
import JSON
import Ledger
import Platform
import Webhooks

/// `hookledger refusals list`
struct RefusalsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List refused deliveries that are kept whole, the newest first.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source (default: all).")
    var source: String?

    @Option(help: "How many at most.")
    var limit = 50

    @Flag(help: "One JSON object a line.")
    var json = false

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000") }
    }

    func run() throws {
        try reportingErrors {
            let lines = try Quarantine.list(source: source, limit: limit, on: database.connect())
            if lines.isEmpty { try database.tellUnknown(.source(source)) }
            if json {
                for line in lines { Console.say(Self.object(line).text) }
                return
            }
            if lines.isEmpty { return Console.say("Nothing is in quarantine.") }
            for line in lines {
                var text =
                    "\(line.id) \(line.receivedAt.rfc3339) \(line.source) \(line.state) \(line.kind) from \(line.peer)"
                text += line.isKnown ? " (known)" : ""
                text += ", \(Plural.text(line.length, "byte"))"
                if line.repeats > 0 { text += ", repeated \(Plural.text(line.repeats, "time"))" }
                if let event = line.eventID { text += ", event \(event)" }
                Console.say(VisibleText.of("\(text): \(line.note ?? line.reason)"))
            }
        }
    }

    private static func object(_ line: Quarantine.Line) -> JSONValue {
        [
            "id": .number(JSONNumber(line.id)), "source": .string(line.source), "kind": .string(line.kind),
            "reason": .string(line.reason), "received_at": .string(line.receivedAt.rfc3339),
            "remote_addr": .string(line.peer), "is_known": .bool(line.isKnown),
            "body_length": .number(JSONNumber(Int64(line.length))), "repeats": .number(JSONNumber(Int64(line.repeats))),
            "state": .string(line.state), "event_id": line.eventID.map { .number(JSONNumber($0)) } ?? .null,
            "note": line.note.map(JSONValue.string) ?? .null,
        ]
    }
}
