import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// Etsy's receipts of a shop, by modification time, oldest first.
/// Source: https://developers.etsy.com/documentation/reference#operation/getShopReceipts
struct EtsyOrderAPI: OrderAPI, RecordListing {
    let provider: any Provider
    let headers = HeaderFields()
    let base: String
    let accessToken: SecretBytes
    let appKey: SecretBytes
    /// The shop's number.
    let shop: String

    static let defaultBase = "https://api.etsy.com"

    private var common: [(String, String)] {
        [("x-api-key", appKey.text), ("Authorization", "Bearer " + accessToken.text)]
    }
    private var receipts: String {
        "\(base.withoutTrailingSlash)/v3/application/shops/\(PercentText.encode(shop))/receipts"
    }

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        get("\(receipts)/\(PercentText.encode(orderID))", common, timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer["receipt_id"] == nil ? .absent : .found(answer) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let pages = (try? NumberedPages(place)) ?? (try? NumberedPages(place.first))
        let query = [
            ("min_last_modified", String(pages?.from ?? 0)), ("max_last_modified", String(place.until.seconds)),
            ("sort_on", "updated"), ("sort_order", "asc"), ("limit", String(ListingPlace.pageSize)),
            ("offset", String((pages?.page ?? 0) * Int64(ListingPlace.pageSize))),
        ]
        return getPage(receipts + "?" + query.map { "\($0.0)=\($0.1)" }.joined(separator: "&"), common, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        var pages = try NumberedPages(place)
        var orders: [ListedOrder] = []
        for receipt in try answer.elements("results") {
            let time = (receipt["updated_timestamp"] ?? receipt["update_timestamp"])?.integer
                .flatMap { Timestamp(seconds: $0) }
            orders.append(try ListedOrder(receipt, id: receipt["receipt_id"], changedAt: time))
        }
        return ListingPage(orders: orders, next: pages.turn(orders))
    }
}
