import Crypto
import JSON
import Postgres

/// The requester of an operation on a person's data, and the reason.
public struct PersonRequest: Sendable, Hashable {
    /// Who, such as `batch` or `cli:anna`.
    public var actor: String
    /// Why.
    public var reason: String
    /// The requesting event; nil for a person's request.
    public var event: Int64?

    /// A request of that person.
    public init(actor: String, reason: String) { (self.actor, self.reason) = (actor, reason) }

    /// A request by a sender's event.
    public init(event: Int64) {
        self.init(actor: "batch", reason: "asked for by the sender")
        self.event = event
    }
}

/// The line in `operator_log` about an operation on a person's data. It names the person by the sender's ids and by keyed
/// hashes: the log is never redacted, and an address can be guessed from a hash that anybody can make.
enum PersonLog {
    /// - Parameter key: that of the person index; without it the line has no hashes.
    static func write(
        _ action: String, _ person: Person, _ request: PersonRequest, _ counts: [(kind: String, count: Int64)],
        _ report: SearchReport, key: PersonKey?, on connection: Connection
    ) throws(PostgresError) {
        var details = JSONObject()
        if let event = request.event { details["event_id"] = .string(String(event)) }
        if let key {
            let emails = person.emails.map { key.hash(.email($0.lowercased())) }
            details["email_hashes"] = .array(emails.map { .string(Hex.encode($0)) })
            details["key_id"] = .string(key.id)
        }
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
