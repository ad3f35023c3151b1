import Actions
import Jobs
import Ledger
import Postgres
import Settings
import Webhooks

/// What jobs of an event would send, as far as their actions can say.
struct JobPreview {
    private let subject: PreviewSubject

    /// - Parameter stored: nil for an event that is not stored.
    init(_ event: Event, _ delivery: Delivery, source: String, stored: StoredSample?) {
        subject = PreviewSubject(
            event: JobEvent(
                id: stored?.id ?? 0, receivedAt: delivery.receivedAt, source: source, provider: event.provider,
                providerType: event.providerType, type: event.type, subject: event.subject, shopID: event.shopID,
                occurredAt: event.occurredAt, requestID: delivery.requestID, body: delivery.body),
            record: stored?.record)
    }

    /// Of a stored event.
    /// - Returns: nil if there is none, or no provider reads it.
    static func stored(_ id: Int64, on connection: Connection) throws(PostgresError) -> JobPreview? {
        guard let sample = try StoredSample.load(id, on: connection),
            let event = try StoredEvent.load(id, on: connection)?.event
        else { return nil }
        return JobPreview(event, sample.delivery, source: sample.source, stored: sample)
    }

    /// By the names of the actions.
    func texts(_ actions: [String], _ settings: Settings) -> [String: String] {
        Dictionary(
            actions.compactMap { name in
                settings.action(named: name).flatMap { ActionTable.preview($0, of: subject) }.map { (name, $0) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
