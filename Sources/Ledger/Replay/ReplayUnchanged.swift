import JSON
import Postgres
import Rules
import Settings
import Verification
import Webhooks

/// Creates the jobs of stored events again.
struct ReplayUnchanged {
    private let request: ReplayRequest
    private let settings: Settings
    private let connection: Connection

    private static let sql = """
        select event_id, rule, action, fate from hookledger.replay_events(
            $1::text, $2::text, $3::text, $4::text, $5::jsonb, $6::boolean, $7::boolean, $8::bigint[],
            $9::timestamptz[], $10::bigint[], $11::jsonb[], $12::interval[])
        """

    init(_ request: ReplayRequest, _ settings: Settings, _ connection: Connection) {
        self.request = request
        self.settings = settings
        self.connection = connection
    }

    /// - Parameter place: how many events of this replay come before, for the spread of the start times.
    func replay(_ events: [StoredEvent], place: Int) throws(PostgresError) -> [ReplayedEvent] {
        let planned = events.enumerated().map { (place + $0.offset, $0.element, plan(of: $0.element)) }
        let ready = planned.compactMap { place, event, plan in
            plan.flatMap { request.refusal(of: $0) == nil ? (place, event, $0.jobs.map(\.stored)) : nil }
        }
        var found: [Int64: (fate: String, jobs: [ReplayedEvent.Job])] = [:]
        for row in try connection.query(
            Self.sql,
            request.parameters + [
                .boolean(!request.isDryRun), .bigints(ready.map(\.1.id)),
                .timestamps(ready.map(\.1.verified.delivery.receivedAt.microseconds)),
                .bigints(ready.map(\.1.orderRow)), .jsonbs(ready.map { JSONValue.array($0.2).storableText }),
                .intervals(ready.map { request.delay($0.0) }),
            ])
        {
            let fate = try row.text("fate")
            var entry = found[try row.bigint("event_id")] ?? (fate, [])
            if let known = ReplayedEvent.Fate(rawValue: fate) {
                entry.jobs.append(
                    .init(rule: try row.text("rule"), action: try row.text("action"), fate: known))
            }
            found[try row.bigint("event_id")] = entry
        }
        return planned.map { _, event, plan in
            let entry = found[event.id]
            let outcome: ReplayedEvent.Outcome =
                switch entry?.fate {
                case nil:
                    .failed(
                        plan.flatMap(request.refusal)
                            ?? "its provider \(event.provider) no longer reads it")
                case "replayed": .alreadyDone
                default: .replayed
                }
            return ReplayedEvent(
                id: event.id, type: event.type, subject: event.subject, outcome: outcome, jobs: entry?.jobs ?? [])
        }
    }

    /// The result of the rules for the stored event. The batch processor reads the same columns.
    private func plan(of stored: StoredEvent) -> RulePlan? {
        guard var event = stored.event else { return nil }
        event.type = stored.type
        event.providerType = stored.providerType
        event.subject = stored.subject
        event.shopID = stored.shopID
        let trust = EventTrust(verification: stored.verified.verdict.strength.rawValue, origin: stored.origin)
        return RulePlan(event, source: stored.source, origin: stored.origin, settings: settings, trust: trust)
    }
}
