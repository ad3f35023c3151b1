import Crypto
import JSON
import Postgres

/// Who asks for something to be done with a person's data, and why.
public struct PersonRequest: Sendable, Hashable {
    /// Who, such as `batch` or `cli:anna`.
    public var actor: String
    /// Why.
    public var reason: String
    /// The event that asks for it; nil when a person does.
    public var event: Int64?

    /// A request of that person.
    public init(actor: String, reason: String) { (self.actor, self.reason) = (actor, reason) }

    /// A request that a sender's event makes.
    public init(event: Int64) {
        self.init(actor: "batch", reason: "asked for by the sender")
        self.event = event
    }
}

/// The line in `operator_log` that says what was done with a person's data. Of the person it has ids and hashes.
enum PersonLog {
    static func write(
        _ action: String, _ person: Person, _ request: PersonRequest, _ counts: [(kind: String, count: Int64)],
        _ report: SearchReport, on connection: Connection
    ) throws(PostgresError) {
        var details = JSONObject()
        if let event = request.event { details["event_id"] = .string(String(event)) }
        details["email_sha256"] = .array(
            person.emails.map { .string(Hex.encode(Digest.sha256.hash(Array($0.lowercased().utf8)))) })
        for (kind, count) in counts { details[kind] = .number(JSONNumber(count)) }
        details["search"] = report.json
        let source = person.source ?? "*"
        let whom =
            person.shop.map { "shop:\(source)/\($0)" } ?? "customer:\(source)/\(person.customerIDs.first ?? "")"
        try OperatorLog.write(
            actor: request.actor, action: action, subject: whom.storable, reason: request.reason,
            details: .object(details), on: connection)
    }
}
