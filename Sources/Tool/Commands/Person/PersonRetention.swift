import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger person retention`
struct PersonRetention: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Anonymize orders and customers past their retention, or list them.",
        discussion: """
            retention.orders and retention.customers in the configuration set the time since the last change; without \
            them nothing is anonymized. The batch processor does the same about once an hour.
            """)

    @OptionGroup var database: OperatorArguments

    @Flag(help: "Only list them.")
    var dryRun = false

    @Option(help: "List at most this many.")
    var limit = 1000

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let retention = settings.retention
            guard retention.orders != nil || retention.customers != nil else {
                return Console.say(
                    json ? "{}" : "retention.orders and retention.customers are not set: nothing is anonymized.")
            }
            let connection = try database.connect(settings)
            connection.queryDeadline = nil
            if dryRun {
                for due in try Anonymization.due(retention, limit: limit, on: connection) {
                    let when = Timestamp(microseconds: due.updatedAt)
                    let object: JSONValue = [
                        "kind": .string(due.kind), "id": .number(JSONNumber(due.id)), "source": .string(due.source),
                        "row_id": .string(due.rowID), "updated_at": .string(when.rfc3339),
                    ]
                    Console.say(
                        json
                            ? object.text
                            : "\(due.kind):\(due.id)  \(due.source) \(due.rowID), changed \(times.shape.text(when))")
                }
                return
            }
            let key = try KeyFile.existing(settings.keys.person).map { PersonKey($0) }
            let count = try Anonymization.apply(retention, actor: Actor.name, key: key, over: connection)
            let object: JSONValue = ["anonymized": .number(JSONNumber(Int64(count)))]
            Console.say(json ? object.text : "\(count) orders and customers anonymized.")
        }
    }
}
