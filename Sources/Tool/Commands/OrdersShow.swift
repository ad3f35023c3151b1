import ArgumentParser
import JSON
import Ledger
import Postgres
import Webhooks

/// `hookledger orders show`
struct OrdersShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an order: its fields, its history, its jobs.",
        discussion: "Exit codes: 0 found, 1 no such order, 70 failed.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The order's id as the provider writes it, or # and its row id.")
    var id: String

    @Option(help: "Only from this source.")
    var source: String?

    @Option(help: "Only of this shop (host and path, or the store's id).")
    var shop: String?

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            let orders = try connection.query(CommandsSQL.orders, [.text(id), .text(source), .text(shop)])
            for order in orders {
                if json {
                    let objects = try connection.jsonObjects(CommandsSQL.order, [.bigint(try order.bigint("id"))])
                    for object in objects { Console.say(JSONValue.object(object).text) }
                } else {
                    try show(order, connection)
                }
            }
            if orders.isEmpty {
                if !json { Console.say("There is no order \(id).") }
                throw ExitCode.failure
            }
        }
    }

    private func show(_ order: Row, _ connection: Connection) throws {
        let row = try order.bigint("id")
        Console.say(
            "\(try order.text("source")) \(try order.text("order_id"))  (row #\(row), \(try order.text("provider")), "
                + "since \(try time(order, "created_at") ?? "-"), changed \(try time(order, "updated_at") ?? "-"))")
        for column in ["order_data", "extra"] {
            let fields = (try? JSONValue(parsing: Array(try order.text(column).utf8)))?.object?.members ?? []
            for field in fields {
                Console.say("  \(column == "extra" ? "extra." : "")\(field.key): \(field.value.text)")
            }
        }
        for (title, sql) in [("history", CommandsSQL.orderHistory), ("jobs", CommandsSQL.orderJobs)] {
            let lines = try connection.query(sql, [.bigint(row)])
            if !lines.isEmpty { Console.say("  \(title):") }
            for line in lines {
                let time = try time(line, "at").map { $0 + " " } ?? ""
                Console.say("    \(time)\(try line.text("line"))")
            }
        }
    }

    private func time(_ row: Row, _ column: String) throws(PostgresError) -> String? {
        try row.optionalTimestamp(column).map { times.shape.text(Timestamp(microseconds: $0)) }
    }
}
