import JSON
import Outbound
import Providers
import Webhooks

/// `POST /product/202309/products/search`, by update time; TikTok Shop names no order of the list.
/// Source: https://partner.tiktokshop.com/docv2/page/search-products-202309
struct TikTokProductAPI: RecordListing {
    let shop: TikTokOrderAPI
    let provider: any Provider = RecordDetailProvider.tikTokProduct

    private static let path = "/product/202309/products/search"

    var kind: RecordKind { .product }
    var base: String { shop.base }
    var listed: Listed { .records(kind, sorting: .anyOrder) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let query = [("page_size", String(ListingPlace.pageSize))] + (place.cursor.map { [("page_token", $0)] } ?? [])
        let body: JSONValue = [
            "status": "ALL", "update_time_ge": .number(JSONNumber(place.since.seconds)),
            "update_time_le": .number(JSONNumber(place.until.seconds)),
        ]
        let url = shop.signed(Self.path, query, body: body.serialized(), now: now)
        return post(url, [("x-tts-access-token", shop.accessToken.text)], body, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        let data = try TikTokOrderAPI.data(of: answer)
        let (found, next) = try TikTokOrderAPI.page(data, "products")
        var entries: [ListedOrder] = []
        for product in found {
            let time = (product["update_time"] ?? product["create_time"])?.integer.flatMap { Timestamp(seconds: $0) }
            let entry = try ListedOrder(product, id: product["id"], changedAt: time, of: listed)
            // The end of the window is the first moment after it.
            if entry.changedAt < place.until { entries.append(entry) }
        }
        return ListingPage(orders: entries, next: next)
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields { HeaderFields() }
}
