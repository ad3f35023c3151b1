import ArgumentParser
import Crypto
import JSON
import Ledger
import Verification
import Webhooks

/// `hookledger events show`
struct EventsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an event: headers, body, verdict, and its jobs.",
        discussion: "Exit codes: 0 found, 1 no such event, 70 failed.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The event's id.")
    var id: Int64

    @Flag(help: "One JSON object; a binary body is base64.")
    var json = false

    @Flag(help: "Only the raw body, byte for byte.")
    var body = false

    private static let shown = [
        "received_at", "source", "provider", "provider_type", "type", "subject", "shop_id", "occurred_at", "origin",
        "verification", "scheme", "key_id", "disposition", "status", "request_id", "remote_addr", "method", "path",
        "query",
    ]
    private static let sections = [
        (
            "orders", "Orders",
            TextTable([.init("order_id", "order"), .init("shop"), .init("row"), .init("disposition")])
        ),
        (
            "jobs", "Jobs",
            TextTable([
                .init("job_id", "job"), .init("action"), .init("rule"), .init("attempt"), .init("run_at", "not before"),
                .init("last_error", "last error"),
            ])
        ),
        (
            "attempts", "Attempts",
            TextTable([
                .init("finished_at", "ended"), .init("job_id", "job"), .init("action"), .init("attempt"),
                .init("outcome"), .init("destination"), .init("status"), .init("reason"),
            ])
        ),
        (
            "effects", "Effects",
            TextTable([
                .init("effect_key", "effect"), .init("state"), .init("external_id", "their id"), .init("answer"),
            ])
        ),
        (
            "replays", "Replays",
            TextTable([
                .init("replayed_at", "at"), .init("run"), .init("event_id", "of"), .init("new_event_id", "made"),
                .init("jobs"), .init("actor", "who"), .init("reason", "why"),
            ])
        ),
    ]

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            guard let stored = try StoredEvent.load(id, on: connection),
                var history = try EventQueries.history(of: id, on: connection)
            else {
                Console.say("There is no event \(id).")
                throw ExitCode(1)
            }
            let delivery = stored.verified.delivery
            if body { return Console.write(delivery.body) }
            let headers = delivery.headers.fields
            let text = String(validating: delivery.body, as: UTF8.self)
            if json {
                history["headers"] = .array(headers.map { [.string($0.name), .string($0.value)] })
                history["body"] = .string(text ?? Base64.encode(delivery.body))
                history["body_encoding"] = text == nil ? "base64" : "utf-8"
                return Console.say(JSONValue.object(history).text)
            }
            Console.say("event \(id)")
            for key in Self.shown {
                guard let value = history["event"]?[key], value != .null, value != "" else { continue }
                Console.say("  \(key): \(value.string ?? value.text)")
            }
            Console.say("\nHeaders")
            for field in headers { Console.say("  \(field.name): \(field.value)") }
            Console.say("\nBody (\(delivery.body.count) bytes)\n\(text ?? "not text: --body writes its bytes")")
            for (key, heading, table) in Self.sections {
                let rows = history[key]?.array?.compactMap(\.object) ?? []
                if !rows.isEmpty { Console.say("\n\(heading)\n\(table.text(rows))") }
            }
        }
    }
}
