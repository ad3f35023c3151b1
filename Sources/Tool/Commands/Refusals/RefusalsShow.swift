import ArgumentParser
import JSON
import Ledger
import Platform
import Webhooks

/// `hookledger refusals show`
struct RefusalsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one refused delivery as received, without credentials.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "Its id in `refusals list`.")
    var id: Int64

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            guard let kept = try Quarantine.one(id, on: database.connect()) else {
                throw NotFound("there is no refused delivery \(id) in quarantine")
            }
            let delivery = kept.delivery
            let query = delivery.query.isEmpty ? "" : "?\(delivery.query)"
            if json {
                let object: JSONValue = [
                    "id": .number(JSONNumber(kept.id)), "source": .string(kept.source),
                    "provider": .string(kept.provider), "kind": .string(kept.kind),
                    "request_id": .string(delivery.requestID), "received_at": .string(delivery.receivedAt.rfc3339),
                    "remote_addr": .string(delivery.remoteAddress), "method": .string(delivery.method),
                    "url": .string(delivery.url),
                    "headers": .array(delivery.headers.fields.map { [.string($0.name), .string($0.value)] }),
                    "body": .string(String(decoding: delivery.body, as: UTF8.self)),
                ]
                return Console.say(object.text)
            }
            Console.say(
                "\(kept.source), \(kept.provider), \(kept.kind), \(times.shape.text(delivery.receivedAt)), "
                    + "request \(delivery.requestID) from \(VisibleText.of(delivery.remoteAddress))")
            Console.say(VisibleText.of("\(delivery.method) \(delivery.path)\(query)"))
            for field in delivery.headers.fields { Console.say(VisibleText.of("\(field.name): \(field.value)")) }
            Console.say("\n" + VisibleText.of(String(decoding: delivery.body, as: UTF8.self)))
        }
    }
}
