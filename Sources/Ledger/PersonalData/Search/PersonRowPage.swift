import JSON
import Postgres

/// What a search needs to know of an order, a customer or a comment.
struct PersonRowPage: Sendable {
    let kind: PersonDocument.Kind
    let id: Int64
    let source: String
    let provider: String
    /// As the sender names it.
    let rowID: String
    /// Whether the request names it by that id.
    let isNamed: Bool
    /// The shop that it belongs to; nil when none is known, or it was not asked for.
    let shop: String?
    /// The id of the customer, or of the author; nil when there is none.
    let customerID: String?
    let data: JSONValue
    let extra: JSONValue

    init(_ row: Row) throws(PostgresError) {
        kind = PersonDocument.Kind(rawValue: Int16(clamping: try row.bigint("kind"))) ?? .order
        id = try row.bigint("id")
        source = try row.text("source")
        provider = try row.text("provider")
        rowID = try row.text("row_id")
        isNamed = try row.bool("is_named")
        shop = try row.optionalText("shop")
        customerID = try row.optionalText("customer_id")
        data = Self.json(try row.text("data"))
        extra = Self.json(try row.text("extra"))
    }

    private static func json(_ text: String) -> JSONValue {
        (try? JSONValue(parsing: Array(text.utf8))) ?? .object(JSONObject())
    }

    /// All that it says: its fields, and the sender's own ones.
    var document: JSONValue {
        var object = data.object ?? JSONObject()
        for member in extra.object?.members ?? [] where object[member.key] == nil { object[member.key] = member.value }
        return .object(object)
    }

    /// Whose it is by the id of the customer or the author.
    var own: Set<PersonValue> { Set([customerID].compactMap { $0.map(PersonValue.customer) }) }

    /// What other events call it, such as the shipments of an order: `order:1001`.
    var subject: String { "\(kind.name):\(rowID)" }

    static func read(
        _ kind: PersonDocument.Kind, source: String?, after: Int64, until: Int64, on connection: Connection
    ) throws(PostgresError) -> [PersonRowPage] {
        try connection.query(
            "select * from hookledger.person_row_page($1::smallint, $2, $3::bigint, $4::bigint, $5::int)",
            [
                .bigint(Int64(kind.rawValue)), .text(source), .bigint(after), .bigint(until),
                .integer(Int32(PersonIndex.portion)),
            ]
        ).map { (row) throws(PostgresError) in try PersonRowPage(row) }
    }
}
