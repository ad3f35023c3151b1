import Webhooks

/// The place in a list whose pages have numbers, and whose orders move to the end when they change, so that a later page
/// would skip others. So a full page is followed by the first page from its last time on. Only orders of one second are
/// paged by numbers.
struct NumberedPages {
    /// Orders that changed from this second on.
    private(set) var from: Int64
    /// The page, from 0.
    private(set) var page: Int64 = 0

    /// - Throws: if the stored page is not of this kind.
    init(_ place: ListingPlace) throws(ListingFault) {
        from = place.since.seconds
        guard let cursor = place.cursor else { return }
        let parts = cursor.split(separator: " ")
        guard parts.count == 2, let from = Int64(parts[0]), let page = Int64(parts[1]) else {
            throw .badAnswer("the stored page is not one with a number")
        }
        self.from = from
        self.page = page
    }

    /// The mark of the page after a full one with these orders.
    mutating func turn(_ orders: [ListedOrder]) -> String? {
        guard let last = orders.last, orders.count >= ListingPlace.pageSize else { return nil }
        let next = last.changedAt.seconds
        page = next > from ? 0 : page + 1
        from = max(from, next)
        return "\(from) \(page)"
    }
}
