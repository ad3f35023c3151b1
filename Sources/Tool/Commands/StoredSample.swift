import JSON
import Ledger
import Postgres
import Rules
import Settings
import Verification
import Webhooks

/// A stored event as its delivery, with its record as it stands now.
struct StoredSample {
    let id: Int64
    let source: String
    let provider: String
    let origin: String
    let delivery: Delivery
    let record: StoredRecord?
    let trust: EventTrust
    let change: EventChange?

    /// Its fields for a rule.
    func subject(of rule: Rule, _ event: Event) -> RuleSubject {
        let seesAll = trust == .unverified || rule.verification == .any
        return RuleSubject(
            EventColumns(event, source: source, origin: origin), record: seesAll ? record : record?.verified,
            change: change)
    }

    /// - Returns: nil when there is no such event.
    static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredSample? {
        guard let event = try StoredEvent.load(id, on: connection) else { return nil }
        var record: StoredRecord?
        for row in try connection.query(CommandsSQL.recordOfEvent, [.bigint(id)]) {
            guard let kind = RecordKind(rawValue: try row.text("kind")) else { continue }
            let data = try parse(try row.text("data")).object ?? JSONObject()
            let extra = try parse(try row.text("extra")).object ?? JSONObject()
            let clocks = try parse(try row.text("clocks")).object ?? JSONObject()
            record = StoredRecord(
                kind, id: try row.text("record_id"), fields: data, extra: extra,
                unverified: UnverifiedFields.names(data, extra: extra, clocks: clocks))
        }
        return StoredSample(
            id: id, source: event.source, provider: event.provider, origin: event.origin,
            delivery: event.verified.delivery, record: record,
            trust: EventTrust(verification: event.verified.verdict.strength.rawValue, origin: event.origin),
            change: try change(id, connection))
    }

    private static func change(_ id: Int64, _ connection: Connection) throws(PostgresError) -> EventChange? {
        let row = try connection.query(
            CommandsSQL.changeOfEvent,
            [.bigint(id)]
        ).first
        guard let row else { return nil }
        return EventChange(
            disposition: try row.text("disposition"),
            changes: try parse(try row.text("changes")).object ?? JSONObject())
    }

    private static func parse(_ text: String) throws(PostgresError) -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(text.utf8)) else {
            throw PostgresError(message: "a column is not JSON")
        }
        return value
    }
}
