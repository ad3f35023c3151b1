public import JSON
public import Postgres

/// JSON text that is passed on unchanged: Postgres makes it from whole rows, and it is not parsed again.
public struct JSONText: Sendable, Hashable {
    /// The text.
    public let text: String

    /// JSON text that Postgres has made.
    init(trusted text: String) { self.text = text }

    /// The text of a value.
    public init(_ value: JSONValue) { text = value.text }

    /// The value, read again; nil when it is no object.
    public var object: JSONObject? { (try? JSONValue(parsing: Array(text.utf8)))?.object }

    /// An array of these.
    public static func array(_ elements: [JSONText]) -> JSONText {
        JSONText(trusted: "[" + elements.map(\.text).joined(separator: ",") + "]")
    }

    /// An object with these members, in that order.
    public static func object(_ members: KeyValuePairs<String, JSONText>) -> JSONText {
        let parts = members.map { "\(JSONValue.string($0.key).text):\($0.value.text)" }
        return JSONText(trusted: "{" + parts.joined(separator: ",") + "}")
    }

    /// This object with further members at its end; both have members.
    public func adding(_ members: KeyValuePairs<String, JSONText>) -> JSONText {
        merging(JSONText.object(members))
    }

    /// This object with the members of another at its end; both have members.
    public func merging(_ other: JSONText) -> JSONText {
        JSONText(trusted: String(text.dropLast()) + "," + other.text.dropFirst())
    }

    /// A text, or null.
    public static func string(_ text: String?) -> JSONText { JSONText(text.map { .string($0) } ?? .null) }

    /// A whole number.
    public static func number(_ number: some BinaryInteger) -> JSONText { JSONText(trusted: String(number)) }

    /// True or false.
    public static func bool(_ truth: Bool) -> JSONText { JSONText(trusted: truth ? "true" : "false") }
}

extension Connection {
    /// How many bytes the rows of one query may have together as JSON: an answer is held in memory several times over.
    static let largestAnswer: Int64 = 16 << 20

    /// The rows of a query, each as a JSON object with the query's columns in their order.
    /// - Throws: ``SQLState/programLimitExceeded`` when they are larger than ``largestAnswer``.
    func jsonRows(_ sql: String, _ parameters: [Parameter] = []) throws(PostgresError) -> [JSONText] {
        var rows: [JSONText] = []
        for row in try query(Self.bounded(sql, "null"), parameters) { rows.append(try Self.fitting(row)) }
        return rows
    }

    /// The rows of a query, each as a JSON object, with its column `id`.
    /// - Throws: ``SQLState/programLimitExceeded`` when they are larger than ``largestAnswer``.
    func identifiedRows(
        _ sql: String, _ parameters: [Parameter] = []
    ) throws(PostgresError) -> [(id: Int64, row: JSONText)] {
        var rows: [(id: Int64, row: JSONText)] = []
        for row in try query(Self.bounded(sql, "t.id"), parameters) {
            rows.append((try row.bigint("id"), try Self.fitting(row)))
        }
        return rows
    }

    /// Postgres adds up the sizes before it sends the first row: a result that is too large never leaves it.
    private static func bounded(_ sql: String, _ id: String) -> String {
        """
        select r.id, case when sum(octet_length(r.json)) over () <= \(largestAnswer) then r.json end as json
        from (select \(id) as id, row_to_json(t)::text as json from (\(sql)) as t offset 0) as r
        """
    }

    private static func fitting(_ row: Row) throws(PostgresError) -> JSONText {
        guard let json = try row.optionalText("json") else {
            throw PostgresError(
                state: .programLimitExceeded, message: "the rows are larger than \(largestAnswer >> 20) MiB")
        }
        return JSONText(trusted: json)
    }

    /// The rows of a query, each read as a JSON object with the query's columns.
    public func jsonObjects(_ sql: String, _ parameters: [Parameter] = []) throws(PostgresError) -> [JSONObject] {
        var objects: [JSONObject] = []
        for row in try query("select to_jsonb(t)::text from (\(sql)) as t", parameters) {
            guard let object = (try? JSONValue(parsing: Array(try row.text(0).utf8)))?.object else {
                throw PostgresError(message: "a row is no JSON object")
            }
            objects.append(object)
        }
        return objects
    }
}
