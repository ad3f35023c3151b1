import JSON
import Ledger
import Postgres
import Rules
import Settings
import Verification
import Webhooks

/// A stored event as its delivery, with its record as it stands now.
struct StoredSample {
    let source: String
    let provider: String
    let origin: String
    let delivery: Delivery
    /// As for rules that take all events.
    let record: StoredRecord?
    /// The same without fields that only unverified events wrote.
    let verifiedRecord: StoredRecord?
    let trust: EventTrust
    let change: EventChange?

    /// Its fields for a rule.
    func subject(of rule: Rule, _ event: Event) -> RuleSubject {
        let seesAll = trust == .unverified || rule.verification == .any
        return RuleSubject(
            EventColumns(event, source: source, origin: origin), record: seesAll ? record : verifiedRecord,
            change: change)
    }

    /// - Returns: nil when there is no such event.
    static func load(_ id: Int64, on connection: Connection) throws(PostgresError) -> StoredSample? {
        guard let event = try StoredEvent.load(id, on: connection) else { return nil }
        var (record, verified): (StoredRecord?, StoredRecord?)
        for row in try connection.query(records, [.bigint(id)]) {
            let (kind, id) = (try row.text("kind"), try row.text("record_id"))
            let data = try parse(try row.text("data")).object ?? JSONObject()
            let extra = try parse(try row.text("extra")).object ?? JSONObject()
            record = StoredRecord(kind: kind, id: id, data: data, extra: extra)
            let clocks = try parse(try row.text("clocks")).object ?? JSONObject()
            let kept = UnverifiedFields.strip(
                UnverifiedFields.names(data, extra: extra, clocks: clocks), from: data, extra: extra)
            verified = StoredRecord(kind: kind, id: id, data: kept.fields, extra: kept.extra)
        }
        return StoredSample(
            source: event.source, provider: event.provider, origin: event.origin, delivery: event.verified.delivery,
            record: record,
            verifiedRecord: verified,
            trust: EventTrust(verification: event.verified.verdict.strength.rawValue, origin: event.origin),
            change: try change(id, connection))
    }

    private static func change(_ id: Int64, _ connection: Connection) throws(PostgresError) -> EventChange? {
        let row = try connection.query(
            "select disposition, coalesce(changes, '{}')::text as changes from hookledger.events where id = $1 limit 1",
            [.bigint(id)]
        ).first
        guard let row else { return nil }
        return EventChange(
            disposition: try row.text("disposition"),
            changes: try parse(try row.text("changes")).object ?? JSONObject())
    }

    private static let records = """
        select r.kind, r.id as record_id, r.data::text, r.extra::text, r.clocks::text
        from hookledger.events e
        cross join lateral (
            select 'order' as kind, order_id as id, order_data as data, extra, clocks from hookledger.orders
                where id = e.order_row
            union all select 'product', product_id, product_data, extra, clocks from hookledger.products
                where e.record_kind = 'product' and id = e.record_row
            union all select 'customer', customer_id, customer_data, extra, clocks from hookledger.customers
                where e.record_kind = 'customer' and id = e.record_row
            union all select 'comment', comment_id, comment_data, extra, clocks from hookledger.comments
                where e.record_kind = 'comment' and id = e.record_row) as r
        where e.id = $1
        """

    private static func parse(_ text: String) throws(PostgresError) -> JSONValue {
        guard let value = try? JSONValue(parsing: Array(text.utf8)) else {
            throw PostgresError(message: "a column is not JSON")
        }
        return value
    }
}
