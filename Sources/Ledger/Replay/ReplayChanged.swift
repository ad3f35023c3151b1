import Postgres
import Providers
import Rules
import Settings
import Webhooks

/// Makes a new event from a stored one, with changed fields in its body.
struct ReplayChanged {
    private let request: ReplayRequest
    private let settings: Settings
    private let connection: Connection

    private static let sql = """
        select hookledger.replay_changed($1::text, $2::text, $3::text, $4::text, $5::jsonb, $6::boolean, $7::bigint,
            $8::bigint, $9::bigint, $10::interval)
        """

    init(_ request: ReplayRequest, _ settings: Settings, _ connection: Connection) {
        self.request = request
        self.settings = settings
        self.connection = connection
    }

    /// - Parameter place: how many events of this replay come before, for the spread of the start times.
    func replay(_ event: StoredEvent, place: Int, now: Timestamp) throws(PostgresError) -> ReplayedEvent {
        let changed: ChangedDelivery
        do throws(ReplayFault) {
            changed = try ChangedDelivery(
                event, request.changes, run: request.run, by: request.actor,
                now: Timestamp(microseconds: now.microseconds + Int64(place)))
        } catch {
            return result(event, .failed(error.description))
        }
        let plan = RulePlan(
            changed.normalized.event, source: event.source, origin: Recordable.Origin.replay.rawValue,
            settings: settings)
        if let refusal = request.refusal(of: plan) { return result(event, .failed(refusal)) }
        let jobs = plan.jobs.map { ReplayedEvent.Job(rule: $0.rule, action: $0.action, fate: .new) }
        if request.isDryRun { return result(event, .changed(newEvent: nil), jobs) }
        let receipt = try LedgerWriter.record(
            Recordable(
                source: event.source, normalized: changed.normalized, jobs: plan.jobs, origin: .replay,
                terms: Recordable.Terms(replayOf: event, changed.normalized.event), revision: settings.revision),
            inTransactionOf: connection)
        if receipt.isDuplicate { return result(event, .alreadyDone) }
        _ = try connection.query(
            Self.sql,
            request.parameters + [
                .bigint(event.id), .bigint(receipt.eventID), .bigint(receipt.orderRow),
                .interval(request.delay(place)),
            ])
        return result(event, .changed(newEvent: receipt.eventID), jobs)
    }

    private func result(
        _ event: StoredEvent, _ outcome: ReplayedEvent.Outcome, _ jobs: [ReplayedEvent.Job] = []
    ) -> ReplayedEvent {
        ReplayedEvent(id: event.id, type: event.type, subject: event.subject, outcome: outcome, jobs: jobs)
    }
}
