import Ledger
import Platform
import Postgres
import Webhooks

/// Finds the deliveries of a page that the ledger lacks. The provider is asked to deliver them again, so that they come in
/// by the door, with their signature.
struct DeliveryComparison: MissingFinder {
    /// The source.
    let source: String
    /// Deliveries from before are not asked for: they would make jobs.
    let oldest: Timestamp

    func missing(
        _ page: ListingPage, shopKey: inout String, now: Timestamp, on connection: Connection
    ) throws(PageFailure) -> [ReconcileBooks.Missing] {
        // Of the attempts at one delivery, the newest one, and the time of the oldest one.
        var (latest, first): ([String: ListedOrder], [String: Timestamp]) = ([:], [:])
        for attempt in page.orders {
            if latest[attempt.id] == nil { latest[attempt.id] = attempt }
            first[attempt.id] = min(first[attempt.id] ?? attempt.changedAt, attempt.changedAt)
        }
        let ids = latest.keys.sorted()
        guard let start = first.values.min() else { return [] }
        let known: Set<String>
        do throws(PostgresError) {
            known = try ReconcileBooks.knownDeliveries(ids, of: source, since: start, on: connection)
        } catch {
            throw .database(error)
        }
        return ids.filter { !known.contains($0) }.compactMap { id in
            latest[id].map { missing($0, since: first[id] ?? $0.changedAt) }
        }
    }

    private func missing(_ attempt: ListedOrder, since: Timestamp) -> ReconcileBooks.Missing {
        let delivery = ListedDelivery(attempt.body)
        var missing = ReconcileBooks.Missing(
            nil, orderID: attempt.id, shopKey: "", changedAt: since, isAbsent: true)
        missing.kind = .delivery
        missing.type = delivery.type
        missing.detail = delivery.end
        if delivery.isRefused, !Mutation.isOn("refused-delivery-asked-for") {
            missing.reason = "refused"
        } else if attempt.changedAt < oldest {
            missing.detail = delivery.end + "; older than max_age, so it was not asked for again"
        } else {
            missing.redelivery = delivery.redelivery
        }
        return missing
    }
}
