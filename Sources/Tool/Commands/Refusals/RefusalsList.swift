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

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("id"), .init("received_at", "received"), .init("source"), .init("state"), .init("kind"),
        .init("remote_addr", "from"), .init("is_known", "known"), .init("body_length", "bytes"),
        .init("repeats", "repeated"), .init("event_id", "event"), .init("why"),
    ])

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000") }
    }

    func run() throws {
        try reportingErrors {
            let lines = try Quarantine.list(source: source, limit: limit, on: database.connect())
            if lines.isEmpty { try database.tellUnknown(.source(source)) }
            let rows = lines.map { line in
                var row = Self.object(line)
                // For people: the last release knows better than the responder did.
                if !json { row["why"] = .string(line.note ?? line.reason) }
                return row
            }
            Console.show(rows, Self.table, layout.shape, asJSON: json, whenEmpty: "Nothing is in quarantine.")
        }
    }

    private static func object(_ line: Quarantine.Line) -> JSONObject {
        let object: JSONValue = [
            "id": .number(JSONNumber(line.id)), "source": .string(line.source), "kind": .string(line.kind),
            "reason": .string(line.reason), "received_at": .string(line.receivedAt.rfc3339),
            "remote_addr": .string(line.peer), "is_known": .bool(line.isKnown),
            "body_length": .number(JSONNumber(Int64(line.length))), "repeats": .number(JSONNumber(Int64(line.repeats))),
            "state": .string(line.state), "event_id": line.eventID.map { .number(JSONNumber($0)) } ?? .null,
            "note": line.note.map(JSONValue.string) ?? .null,
        ]
        return object.object ?? JSONObject()
    }
}
