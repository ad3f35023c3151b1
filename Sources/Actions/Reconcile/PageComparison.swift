import Ledger
import Postgres
import Settings
import Webhooks

/// Checks a page, and finds what the ledger lacks of it.
struct PageComparison {
    let comparison: OrderComparison
    let pages: PageReader
    /// For the request ids of its events.
    let run: String

    /// Why a page is not compared.
    enum Failure: Error {
        case fault(ListingFault)
        case database(PostgresError)
    }

    /// A page's times begin where the page before ended, and never go back.
    /// - Parameter last: the time of the last order of the page before; nil for the first page.
    static func check(_ page: ListingPage, at place: ListingPlace, after last: Timestamp?) throws(ListingFault) {
        var last = last
        for order in page.orders {
            // A second, as some APIs take "after" and some "from".
            guard order.changedAt >= place.since.advanced(bySeconds: -1) else {
                throw .badAnswer("the order \(order.id) changed before the time that was asked for")
            }
            if let last, order.changedAt < last {
                throw .badAnswer("the order \(order.id) is out of order: the times of the list go back")
            }
            last = order.changedAt
        }
        if let next = page.next, next == place.cursor { throw .badAnswer("the page repeats") }
    }

    /// The missing orders of a page.
    /// - Parameters:
    ///   - shopKey: the shop that earlier answers named, or empty; afterwards that of these.
    ///   - now: the present.
    func missing(
        _ page: ListingPage, shopKey: inout String, now: Timestamp, on connection: Connection
    ) throws(Failure) -> [ReconcileBooks.Missing] {
        // Of an order that is listed twice, the later state.
        var places: [String: Int] = [:]
        for (place, order) in page.orders.enumerated() { places[order.id] = place }
        let orders = places.values.sorted().map { page.orders[$0] }
        let known: [Int: [ReconcileBooks.Known]]
        do throws(PostgresError) {
            known = try ReconcileBooks.known(orders.map(\.id), of: comparison.source.name, on: connection)
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
