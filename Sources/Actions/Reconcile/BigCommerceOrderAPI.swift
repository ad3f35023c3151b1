import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// BigCommerce's V2 orders, by modification time, oldest first.
/// Source: https://developer.bigcommerce.com/docs/rest-management/orders
struct BigCommerceOrderAPI: OrderAPI, RecordListing {
    let provider: any Provider
    let headers = HeaderFields()
    /// `https://api.bigcommerce.com/stores/HASH`
    let base: String
    let accessToken: SecretBytes

    private static let include = "include=consignments,consignments.line_items"
    var token: [(String, String)] { [("X-Auth-Token", accessToken.text)] }

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        get("\(base.withoutTrailingSlash)/v2/orders/\(PercentText.encode(orderID))?\(Self.include)", token, timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer["id"] == nil ? .absent : .found(answer) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let pages = (try? NumberedPages(place)) ?? (try? NumberedPages(place.first))
        let from = Timestamp(seconds: pages?.from ?? 0) ?? place.since
        let query = [
            ("min_date_modified", from.rfc3339), ("max_date_modified", place.until.rfc3339),
            ("sort", "date_modified:asc"), ("limit", String(ListingPlace.pageSize)),
            ("page", String((pages?.page ?? 0) + 1)),
        ]
        let text = query.map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return getPage("\(base.withoutTrailingSlash)/v2/orders?\(text)&\(Self.include)", token, timeout)
    }

    /// An empty list is an empty answer (204).
    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        guard let list = answer == .null ? [] : answer.array else { throw .badAnswer("the answer is no list") }
        var pages = try NumberedPages(place)
        var orders: [ListedOrder] = []
        for order in list {
            let time = order["date_modified"]?.string.flatMap { Timestamp(rfc2822: $0) }
            orders.append(try ListedOrder(order, id: order["id"], changedAt: time))
        }
        return ListingPage(orders: orders, next: pages.turn(orders))
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? {
        get("\(base.withoutTrailingSlash)/v3/hooks?limit=250", token, timeout)
    }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        answer["data"]?.array.map { hooks in
            hooks.contains { $0["is_active"]?.bool == true && $0["scope"]?.string?.hasPrefix("store/order/") == true }
        }
    }
}
