import Ledger
import Postgres
import Settings
import Webhooks

/// Finds the orders, products or customers of a page that the ledger lacks.
struct PageComparison: MissingFinder {
    let comparison: RecordComparison
    let pages: PageReader
    /// For the request ids of its events.
    let run: String

    func missing(
        _ page: ListingPage, shopKey: inout String, now: Timestamp, on connection: Connection
    ) throws(PageFailure) -> [ReconcileBooks.Missing] {
        // Of a record that is listed twice, the later state.
        var places: [String: Int] = [:]
        for (place, order) in page.orders.enumerated() { places[order.id] = place }
        let orders = places.values.sorted().map { page.orders[$0] }
        let known: [Int: [ReconcileBooks.Known]]
        do throws(PostgresError) {
            known = try ReconcileBooks.known(
                orders.map(\.id), of: comparison.source.name, kind: comparison.api.kind, on: connection)
        } catch {
            throw .database(error)
        }
        var missing: [ReconcileBooks.Missing] = []
        for (place, order) in orders.enumerated() {
            let rows = known[place] ?? []
            guard let gap = comparison.gap(order, rows) else { continue }
            do throws(ListingFault) {
                let body = if let whole = order.body { whole } else { try pages.order(order.id) }
                guard let body,
                    let found = comparison.missing(order, body, rows, gap, run: run, now: now)
                else { continue }
                if !found.shopKey.isEmpty, !shopKey.isEmpty, found.shopKey != shopKey {
                    throw .badAnswer("the answer is of the shop \(found.shopKey), earlier ones were of \(shopKey)")
                }
                if shopKey.isEmpty { shopKey = found.shopKey }
                missing.append(found)
            } catch {
                throw .fault(error)
            }
        }
        return missing
    }
}
