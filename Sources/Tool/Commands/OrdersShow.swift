import ArgumentParser
import JSON
import Ledger
import Postgres

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

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            let orders = try connection.query(
                Self.orders, [.text(id), .text(source), .text(shop)])
            for order in orders {
                if json {
                    let objects = try connection.jsonObjects(Self.object, [.bigint(try order.bigint("id"))])
                    for object in objects { Console.say(JSONValue.object(object).text) }
                } else {
                    try show(order, connection)
                }
            }
            if orders.isEmpty {
                if !json { Console.say("There is no order \(id).") }
                throw ExitCode(1)
            }
        }
    }

    private func show(_ order: Row, _ connection: Connection) throws {
        let row = try order.bigint("id")
        Console.say(
            "\(try order.text("source")) \(try order.text("order_id"))  (row #\(row), \(try order.text("provider")), "
                + "since \(try order.text("created_at")), changed \(try order.text("updated_at")))")
        for column in ["order_data", "extra"] {
            let fields = (try? JSONValue(parsing: Array(try order.text(column).utf8)))?.object?.members ?? []
            for field in fields {
                Console.say("  \(column == "extra" ? "extra." : "")\(field.key): \(field.value.text)")
            }
        }
        for (title, sql) in [("history", Self.history), ("jobs", Self.jobs)] {
            let lines = try connection.query(sql, [.bigint(row)])
            if !lines.isEmpty { Console.say("  \(title):") }
            for line in lines { Console.say("    \(try line.text("line"))") }
        }
    }

    private static let orders = """
        select id, source, order_id, provider, order_data, extra, created_at::text, updated_at::text from orders
        where (order_id = $1::text or id = substring($1::text from '^#(\\d{1,18})$')::bigint)
            and ($2::text is null or source = $2) and ($3::text is null or shop_key = $3)
        order by source, order_id
        """

    private static let object = """
        select to_jsonb(s) - 'clocks' as "order",
            (select jsonb_agg(to_jsonb(h) - '{order_row,source,order_id}'::text[] order by h.event_id, h.field)
                from order_events as h where h.order_row = s.id) as history,
            (select jsonb_agg(to_jsonb(t) - '{order_row,source,order_id}'::text[] order by t.at)
                from order_timeline as t where t.order_row = s.id) as timeline
        from order_states as s where s.id = $1::bigint
        """

    private static let history = """
        select concat_ws(' ', received_at::timestamptz(0), 'event', event_id, field || ':', coalesce(old::text, '-'), '->',
            coalesce(new::text, '-')) as line
        from order_events where order_row = $1 order by event_id, field
        """

    private static let jobs = """
        select line from (
            select finished_at as at, concat_ws(' ', finished_at::timestamptz(0), action, 'job', job_id, 'attempt',
                attempt || ':', outcome, reason) as line
            from job_log where order_row = $1
            union all
            select 'infinity', concat_ws(' ', action, 'job', job_id,
                case state when 0 then 'ready' when 1 then 'running' else 'dead letter' end, last_error)
            from jobs where order_row = $1
        ) as t order by at
        """
}
