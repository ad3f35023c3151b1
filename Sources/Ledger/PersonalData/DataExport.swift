import Crypto
public import JSON
public import Postgres
import Verification
import Webhooks

/// Puts together all that is stored of a person, step by step.
public struct DataExport: Sendable {
    private let person: Person
    private let eventID: Int64
    private var search: PersonEvents?
    private var events: [JSONValue] = []
    private var size = 0
    /// Whether only ``document(on:)`` is left.
    public private(set) var isReady = false
    /// Whether there is more than one file should hold: a person must do it.
    public var isTooLarge: Bool { size > 100 << 20 }

    /// - Parameter event: the event that asks for it, which is left out.
    public init(of person: Person, event: Int64) {
        self.person = person
        eventID = event
    }

    /// Takes the next step, in the caller's transaction.
    public mutating func step(on connection: Connection) throws(PostgresError) {
        guard var search else {
            search = try PersonEvents(about: person, but: eventID, on: connection)
            return
        }
        let found = try search.next(on: connection)
        for event in found {
            size += event.stored.verified.delivery.body.count
            events.append(Self.json(event))
        }
        (self.search, isReady) = (search, search.isOver)
    }

    /// The whole as one JSON document, and how many rows of what it holds.
    public func document(
        on connection: Connection
    ) throws(PostgresError) -> (document: JSONValue, counts: [(kind: String, count: Int64)]) {
        var document = JSONObject()
        document["source"] = .string(person.source)
        document["customer_ids"] = .array(person.customerIDs.map(JSONValue.string))
        document["emails"] = .array(person.emails.map(JSONValue.string))
        var counts: [(kind: String, count: Int64)] = [("events", Int64(events.count))]
        let known = search?.rows
        for (name, sql) in Self.tables {
            let rows = try connection.query(
                sql,
                [
                    .bigints(known?.orders.sorted() ?? []), .bigints(known?.customers.sorted() ?? []),
                    .bigints(known?.comments.sorted() ?? []),
                ])
            var values: [JSONValue] = []
            for row in rows {
                if let value = try? JSONValue(parsing: Array(try row.text(0).utf8)) { values.append(value) }
            }
            document[name] = .array(values)
            counts.append((name, Int64(values.count)))
        }
        document["events"] = .array(events)
        return (.object(document), counts)
    }

    /// Writes the line in `operator_log` that says that it was done.
    public func log(_ counts: [(kind: String, count: Int64)], on connection: Connection) throws(PostgresError) {
        try PersonLog.write("data_request", person, event: eventID, counts, on: connection)
    }

    private static func json(_ event: PersonEvents.Found) -> JSONValue {
        let delivery = event.stored.verified.delivery
        var object = JSONObject()
        object["id"] = .string(String(event.stored.id))
        object["received_at"] = .string(delivery.receivedAt.rfc3339)
        object["type"] = .string(event.stored.type)
        if let body = try? JSONValue(parsing: delivery.body) {
            object["body"] = body
        } else {
            object["body_base64"] = .string(Base64.encode(delivery.body))
        }
        return .object(object)
    }

    // $1 orders, $2 customers, $3 comments; each statement names all three, or their types would not be known.
    private static let tables: [(name: String, sql: String)] = [
        ("orders", table("id, order_id, order_data, extra, created_at, updated_at", "orders", "id = any ($1)")),
        (
            "customers",
            table("customer_id, customer_data, extra, created_at, updated_at, id", "customers", "id = any ($2)")
        ),
        (
            "comments",
            table("comment_id, comment_data, extra, moderation, created_at, id", "comments", "id = any ($3)")
        ),
        (
            "messages",
            table(
                "role, content, created_at, delivered_at, id", "messages",
                "customer_row = any ($2) or order_row = any ($1)")
        ),
    ]

    private static func table(_ columns: String, _ name: String, _ condition: String) -> String {
        """
        select (to_jsonb(t) - 'id')::text from (select \(columns) from hookledger.\(name)
            where (\(condition)) and cardinality($1::bigint[] || $2::bigint[] || $3::bigint[]) >= 0 order by id) as t
        """
    }
}
