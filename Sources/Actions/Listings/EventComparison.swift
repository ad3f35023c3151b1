import JSON
import Ledger
import Postgres
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// Finds the events of a page that the ledger lacks. An event has the same key and clock as its webhook: a webhook that
/// comes late is a duplicate, and what a webhook has brought is not missing.
struct EventComparison: MissingFinder {
    let source: SourceSettings
    let settings: Settings
    let api: any EventListing
    /// The action whose API it is.
    let name: String
    /// Whether missing events make jobs.
    let makesJobs: Bool
    /// Events that happened before make none.
    let oldest: Timestamp
    /// For the request ids of the events.
    let run: String

    func missing(
        _ page: ListingPage, shopKey: inout String, now: Timestamp, on connection: Connection
    ) throws(PageFailure) -> [ReconcileBooks.Missing] {
        var read: [(entry: ListedOrder, normalized: NormalizedDelivery)] = []
        for entry in page.orders {
            do throws(Refusal) {
                read.append((entry, try normalized(entry, now: now)))
            } catch {
                throw .fault(.badAnswer("the event \(entry.id) cannot be read: \(error.reason)"))
            }
        }
        let known: Set<Int>
        do throws(PostgresError) {
            known = try ReconcileBooks.knownEvents(
                read.map(\.normalized.event.dedupeKey.bytes), of: source.name, on: connection)
        } catch {
            throw .database(error)
        }
        return read.indices.filter { !known.contains($0) }.map { missing(read[$0].entry, read[$0].normalized) }
    }

    private func missing(_ entry: ListedOrder, _ normalized: NormalizedDelivery) -> ReconcileBooks.Missing {
        let event = normalized.event
        let jobs =
            makesJobs && entry.changedAt >= oldest
            ? RulePlan(event, source: source.name, origin: Recordable.Origin.reconciled.rawValue, settings: settings)
                .jobs : []
        let recordable = Recordable(
            source: source.name, normalized: normalized, jobs: jobs, origin: .reconciled,
            terms: Recordable.Terms(event, of: source, by: api.provider))
        var missing = ReconcileBooks.Missing(
            recordable, orderID: entry.id, shopKey: event.shopKey, changedAt: entry.changedAt, isAbsent: true)
        missing.kind = .event
        missing.type = event.providerType
        return missing
    }

    /// What was fetched is not signed: TLS and our own token vouch for it, and its origin says so.
    private func normalized(_ entry: ListedOrder, now: Timestamp) throws(Refusal) -> NormalizedDelivery {
        let delivery = Delivery(
            requestID: run, receivedAt: now, method: "GET", path: "/reconciled/\(name)", headers: HeaderFields(),
            body: entry.body?.serialized() ?? [])
        let verified = try api.provider.scheme.verify(
            delivery, keyring: Keyring(secrets: []), policy: .none, now: now)
        return try normalize(verified, by: api.provider)
    }
}
