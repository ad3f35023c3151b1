import JSON
import Postgres
import Rules
import Settings
import Webhooks

/// What is known of the effects of jobs before these begin.
package struct KeptEffects: Sendable {
    /// Under which earlier key an effect is kept, by the job's id.
    package var keys: [Int64: String] = [:]
    /// The jobs whose effect has happened.
    package var done: Set<Int64> = []

    package init() {}
}

/// The effects from before rules had `once`, and those of replays.
extension Effects {
    /// What is kept of the effects of these jobs.
    static func kept(
        of subjects: [JobSubject], _ actions: [any Action], on connection: Connection
    ) throws(PostgresError) -> KeptEffects {
        var found = KeptEffects()
        found.keys = try keptKeys(of: subjects, actions, on: connection)
        let byName = Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let keys = subjects.compactMap { subject -> (job: Int64, key: String)? in
            let job = subject.job
            guard job.isOfReplay, job.again == nil, let action = byName[job.action],
                let key = found.keys[job.id] ?? action.effectKey(for: subject)
            else { return nil }
            return (job.id, key)
        }
        if keys.isEmpty { return found }
        try connection.prepare("done_effects", EffectsSQL.done)
        let rows = try connection.queryPrepared("done_effects", [.bigints(keys.map(\.job)), .texts(keys.map(\.key))])
        for row in rows { found.done.insert(try row.bigint(0)) }
        return found
    }

    /// Under which earlier key each effect is kept already, by the job's id.
    static func keptKeys(
        of subjects: [JobSubject], _ actions: [any Action], on connection: Connection
    ) throws(PostgresError) -> [Int64: String] {
        let byName = Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let events = try earlierEvents(of: subjects, on: connection)
        let keys = subjects.compactMap { subject -> (job: Job, keys: [String])? in
            guard let action = byName[subject.job.action] else { return nil }
            let own = action.earlierEffectKeys(for: subject)
            let others = (events[subject.job.id] ?? []).filter { $0.id != subject.event.id }.flatMap { event in
                var earlier = subject
                (earlier.event.id, earlier.event.receivedAt) = event
                return action.earlierEffectKeys(for: earlier)
            }
            return (subject.job, own + others.filter { !own.contains($0) })
        }
        return keys.isEmpty ? [:] : try kept(keys, on: connection)
    }

    /// The events whose jobs may have had the effect of a job before its rule said `once`: those of its order, or those that
    /// gave the order the status that it has. By job id.
    static func earlierEvents(
        of subjects: [JobSubject], on connection: Connection
    ) throws(PostgresError) -> [Int64: [(id: Int64, receivedAt: Timestamp)]] {
        let asked = subjects.compactMap { subject -> (job: Int64, order: Int64, status: String)? in
            guard let order = subject.order else { return nil }
            switch subject.once {
            case .order: return (subject.job.id, order.row, "")
            case .status:
                guard let status = order.fields["status"]?.string, !status.isEmpty else { return nil }
                return (subject.job.id, order.row, status)
            default: return nil
            }
        }
        if asked.isEmpty { return [:] }
        try connection.prepare("events_of_orders", EffectsSQL.eventsOfOrders)
        var events: [Int64: [(id: Int64, receivedAt: Timestamp)]] = [:]
        for row in try connection.queryPrepared(
            "events_of_orders",
            [
                .bigints(asked.map(\.job)), .bigints(asked.map(\.order)), .texts(asked.map(\.status)),
            ])
        {
            let receivedAt = Timestamp(microseconds: try row.timestamp("received_at"))
            events[try row.bigint("job_id"), default: []].append((try row.bigint("id"), receivedAt))
        }
        return events
    }
}
