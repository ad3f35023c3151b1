import JSON
import Postgres

/// The fields of an order, a customer or a comment for a search.
struct PersonRowPage: Sendable {
    let kind: PersonDocument.Kind
    let id: Int64
    let source: String
    let provider: String
    /// As the sender names it.
    let rowID: String
    /// Whether the request names this id.
    let isNamed: Bool
    /// Its shop; nil if unknown or not requested.
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

    /// All its fields, including the sender's own.
    var document: JSONValue {
        var object = data.object ?? JSONObject()
        for member in extra.object?.members ?? [] where object[member.key] == nil { object[member.key] = member.value }
        return .object(object)
    }

    /// The owner by the id of the customer or the author.
    var own: Set<PersonValue> { Set([customerID].compactMap { $0.map(PersonValue.customer) }) }

    /// Its name in other events, such as the shipments of an order: `order:1001`.
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
