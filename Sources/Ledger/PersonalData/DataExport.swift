import Crypto
public import JSON
public import Postgres
import Verification
import Webhooks

/// Collects all stored data of a person, step by step.
public struct DataExport: Sendable {
    private let request: PersonRequest
    private var search: PersonSearch
    private var events: [Int64: JSONValue] = [:]
    private var mentions: Set<Int64> = []
    private var size = 0
    /// Whether only ``document(on:)`` is left.
    public private(set) var isReady = false
    /// Whether there is too much data for one file: a person must do it.
    public var isTooLarge: Bool { size > 100 << 20 }
    /// Whether anything of the person was found in events or rows.
    public var foundSomething: Bool {
        !events.isEmpty || !mentions.isEmpty || !search.rows.own.values.allSatisfy(\.isEmpty)
    }
    /// The report of the search.
    public var report: SearchReport { search.report }

    /// - Parameters:
    ///   - request: the requester; a requesting event is left out.
    ///   - key: that of the index; nil reads all row by row.
    public init(of person: Person, for request: PersonRequest, key: PersonKey?) {
        self.request = request
        search = PersonSearch(about: person, but: request.event, key: key)
    }

    /// Takes the next step, in the caller's transaction.
    public mutating func step(on connection: Connection) throws(PostgresError) {
        for event in try search.next(on: connection) {
            let document = Self.json(event)
            if let document {
                mentions.remove(event.stored.id)
                size += event.stored.verified.delivery.body.count
                events[event.stored.id] = document
            } else {
                mentions.insert(event.stored.id)
            }
        }
        isReady = search.isOver
    }

    /// All data as one JSON document, and the number of rows of each kind. Of other people's events that mention the
    /// person it has the ids only.
    public func document(
        on connection: Connection
    ) throws(PostgresError) -> (document: JSONValue, counts: [(kind: String, count: Int64)]) {
        let person = search.person
        var document = JSONObject()
        document["source"] = person.source.map(JSONValue.string) ?? .null
        document["customer_ids"] = .array(person.customerIDs.map(JSONValue.string))
        document["emails"] = .array(person.emails.map(JSONValue.string))
        document["phones"] = .array(person.phones.map(JSONValue.string))
        var counts: [(kind: String, count: Int64)] = [("events", Int64(events.count))]
        var tables: [String: [JSONValue]] = [:]
        let rows = try connection.query(
            "select kind, document::text from hookledger.person_documents($1::bigint[], $2::bigint[], $3::bigint[])",
            [
                .bigints(search.rows.orders.sorted()), .bigints(search.rows.customers.sorted()),
                .bigints(search.rows.comments.sorted()),
            ])
        for row in rows {
            if let value = try? JSONValue(parsing: Array(try row.text(1).utf8)) {
                tables[try row.text(0), default: []].append(value)
            }
        }
        for name in ["orders", "customers", "comments", "messages"] {
            let values = tables[name] ?? []
            document[name] = .array(values)
            counts.append((name, Int64(values.count)))
        }
        document["events"] = .array(events.sorted { $0.key < $1.key }.map(\.value))
        document["mentioned_in"] = .array(mentions.sorted().map { .string("event:\($0)") })
        let texts = try PersonTexts(of: person, search.matcher, on: connection)
        document["texts"] = texts.json
        counts += texts.counts
        return (.object(document), counts)
    }

    /// Writes the line in `operator_log` about it.
    public func log(_ counts: [(kind: String, count: Int64)], on connection: Connection) throws(PostgresError) {
        try PersonLog.write(
            "data_request", search.person, request, counts, search.report, key: search.key, on: connection)
    }

    /// - Returns: nil when it is somebody else's, or nothing in it is certainly the person's.
    private static func json(_ event: PersonSearch.Found) -> JSONValue? {
        let delivery = event.stored.verified.delivery
        var object = JSONObject()
        object["id"] = .string(String(event.stored.id))
        object["received_at"] = .string(delivery.receivedAt.rfc3339)
        object["type"] = .string(event.stored.type)
        switch event.share {
        case .quotation: return nil
        case .parts(let names):
            let elements = BodyReduction.elements(delivery.body, of: Set(names.values))
            if elements.isEmpty { return nil }
            object["parts"] = .array(elements)
        case .all:
            if let body = try? JSONValue(parsing: delivery.body) {
                object["body"] = body
            } else {
                object["body_base64"] = .string(Base64.encode(delivery.body))
            }
        }
        return .object(object)
    }
}
