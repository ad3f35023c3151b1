import Ledger
import Postgres
import Webhooks

/// Finds what the ledger lacks of a page.
protocol MissingFinder {
    /// What is missing of a page.
    /// - Parameters:
    ///   - shopKey: the shop that earlier answers named, or empty; afterwards that of these.
    ///   - now: the present.
    func missing(
        _ page: ListingPage, shopKey: inout String, now: Timestamp, on connection: Connection
    ) throws(PageFailure) -> [ReconcileBooks.Missing]
}

/// Why a page is not compared.
enum PageFailure: Error {
    case fault(ListingFault)
    case database(PostgresError)
}

extension ListingPage {
    /// Checks its times: they stay within the window, and in their order across pages.
    /// - Parameter last: the time of the last entry of the page before; nil for the first page.
    func check(_ listed: Listed, at place: ListingPlace, after last: Timestamp?) throws(ListingFault) {
        var last = last
        for order in orders {
            if case .none = listed.sorting { continue }
            // A second, as some APIs take "after" and some "from".
            guard order.changedAt >= place.since.advanced(bySeconds: -1) else {
                throw .badAnswer("the \(listed.one) \(order.id) changed before the time that was asked for")
            }
            if let last, !listed.isInOrder(order.changedAt, after: last) {
                throw .badAnswer("the \(listed.one) \(order.id) is out of order: the times of the list go back")
            }
            last = listed.bound(last, order.changedAt)
        }
        if let next, next == place.cursor { throw .badAnswer("the page repeats") }
    }
}
