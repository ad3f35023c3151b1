import Crypto
import JSON
import Postgres

/// The line in `operator_log` that says what was done with a person's data. Of the person it has ids and hashes.
enum PersonLog {
    static func write(
        _ action: String, _ person: Person, event: Int64, _ counts: [(kind: String, count: Int64)],
        on connection: Connection
    ) throws(PostgresError) {
        var details = JSONObject()
        details["event_id"] = .string(String(event))
        details["email_sha256"] = .array(
            person.emails.map { .string(Hex.encode(Digest.sha256.hash(Array($0.lowercased().utf8)))) })
        for (kind, count) in counts { details[kind] = .number(JSONNumber(count)) }
        let whom =
            person.shop.map { "shop:\(person.source)/\($0)" }
            ?? "customer:\(person.source)/\(person.customerIDs.first ?? "")"
        _ = try connection.query(
            """
            insert into hookledger.operator_log (actor, action, subject, reason, details)
            values ('batch', $1, $2, 'asked for by the sender', $3::jsonb)
            """, [.text(action), .text(whom.storable), .jsonb(JSONValue.object(details).storableText)])
    }
}
