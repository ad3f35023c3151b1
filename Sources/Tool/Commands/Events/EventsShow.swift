import ArgumentParser
import Crypto
import JSON
import Ledger
import Webhooks

/// `hookledger events show`
struct EventsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an event: headers, body, verdict, and its jobs.",
        discussion: "Exit codes: 0 found, 1 no such event, 70 failed.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The event's id.")
    var id: Int64

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object; a binary body is base64.")
    var json = false

    @Flag(help: "Only the raw body, byte for byte.")
    var body = false

    private static let shown = [
        "received_at", "source", "provider", "provider_type", "type", "subject", "shop_id", "occurred_at", "origin",
        "verdict", "scheme", "key_id", "disposition", "state", "reason", "request_id", "remote_addr", "method", "path",
    ]
    private static let sections = [
        (
            "Orders",
            TextTable([.init("order_id", "order"), .init("shop_key", "shop"), .init("id", "row"), .init("disposition")])
        ),
        (
            "Jobs",
            TextTable([
                .init("job_id", "job"), .init("action"), .init("rule"), .init("state"), .init("run_at", "not before"),
                .init("last_error", "last error"),
            ])
        ),
        (
            "Attempts",
            TextTable([
                .init("finished_at", "ended"), .init("job_id", "job"), .init("action"), .init("attempt"),
                .init("outcome"), .init("destination"), .init("status"), .init("reason"),
            ])
        ),
        (
            "Effects",
            TextTable([
                .init("effect_key", "effect"), .init("state"), .init("external_id", "their id"), .init("answer"),
            ])
        ),
        (
            "Replays",
            TextTable([
                .init("replayed_at", "at"), .init("run"), .init("event_id", "of"), .init("new_event_id", "made"),
                .init("jobs"), .init("actor", "who"), .init("reason", "why"),
            ])
        ),
    ]

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            guard let found = try DeliveryDetail.event(id, on: connection), let event = found.row.object else {
                Console.say("There is no event \(id).")
                throw ExitCode.failure
            }
            let request = found.request
            if body { return Console.write(request.body) }
            let headers = request.headers.fields
            let text = String(validating: request.body, as: UTF8.self)
            let jobs = found.jobs.compactMap(\.object)
            let effects = try EventHistory.effects(of: id, on: connection)
            let replays = try EventHistory.replays(of: id, on: connection)
            if json {
                let whole: JSONValue = [
                    "event": .object(event), "query": .string(request.query),
                    "headers": .array(headers.map { [.string($0.name), .string($0.value)] }),
                    "body": .string(text ?? Base64.encode(request.body)),
                    "body_encoding": text == nil ? "base64" : "utf-8", "jobs": .array(jobs.map { .object($0) }),
                    "effects": .array(effects.map { .object($0) }), "replays": .array(replays.map { .object($0) }),
                ]
                return Console.say(whole.text)
            }
            Console.say("event \(id)")
            for key in Self.shown {
                guard let value = event[key], value != .null, value != "" else { continue }
                Console.say("  \(key): \(layout.shape.text(key, value))")
            }
            if !request.query.isEmpty { Console.say("  query: \(request.query)") }
            Console.say("\nHeaders")
            for field in headers { Console.say("  \(field.name): \(field.value)") }
            Console.say("\nBody (\(request.body.count) bytes)\n\(text ?? "no text: --body writes it as it is")")
            let orders = event["orders"]?.array?.compactMap(\.object) ?? []
            for ((heading, table), rows) in zip(
                Self.sections, [orders, jobs, jobs.flatMap(Self.attempts), effects, replays])
            where !rows.isEmpty {
                Console.say("\n\(heading)\n\(table.text(rows, layout.shape))")
            }
        }
    }

    /// The attempts of a job, each with what the job says of itself.
    private static func attempts(_ job: JSONObject) -> [JSONObject] {
        (job["attempts"]?.array?.compactMap(\.object) ?? []).map { attempt in
            var row = attempt
            for key in ["job_id", "action"] { row[key] = job[key] }
            return row
        }
    }
}
