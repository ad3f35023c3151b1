import JSON
import Outbound
import Providers
import Webhooks

/// The GraphQL Admin API's `products` and `customers`, as `orders`: ids and times only. A missing record is fetched over REST,
/// whose body is that of the webhooks. What was deleted is in no list.
/// Source: https://shopify.dev/docs/api/admin-graphql/latest/queries/products,
/// https://shopify.dev/docs/api/admin-graphql/latest/queries/customers
struct ShopifyRecordAPI: OrderAPI, RecordListing {
    let shop: ShopifyOrderAPI
    let kind: RecordKind

    private var name: String { kind.rawValue + "s" }

    var base: String { shop.base }
    var provider: any Provider { shop.provider }
    var headers: HeaderFields { headers(of: .null, isNew: false) }
    var listed: Listed { .records(kind) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.changes(of: name, place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try shop.changes(of: name, listed, in: answer)
    }

    func request(for id: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.request(for: id, of: name, timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer[kind.rawValue].map(OrderAnswer.found) ?? .absent }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields {
        HeaderFields([("x-shopify-topic", "\(name)/\(isNew ? "create" : "update")")])
    }
}
