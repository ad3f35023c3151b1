import JSON
import Outbound
import Providers
import Webhooks

/// `GET /wp-json/wc/v3/products`, as the orders: by `modified_after`, then the trash.
/// Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-products
struct WooCommerceProductAPI: RecordListing {
    let shop: WooCommerceOrderAPI

    var kind: RecordKind { .product }
    var base: String { shop.base }
    var provider: any Provider { shop.provider }
    var listed: Listed { .records(kind) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.changes(of: "products", place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try shop.changes(listed, in: answer, at: place)
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields {
        WooCommerceOrderAPI.headers(of: kind, isNew: isNew)
    }
}
