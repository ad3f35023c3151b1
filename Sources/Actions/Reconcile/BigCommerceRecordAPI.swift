import JSON
import Outbound
import Providers
import Webhooks

/// BigCommerce's V3 products and customers, by modification time, oldest first. They do not name their store.
/// Source: https://developer.bigcommerce.com/docs/rest-catalog/products,
/// https://developer.bigcommerce.com/docs/rest-management/customers
struct BigCommerceRecordAPI: RecordListing {
    let shop: BigCommerceOrderAPI
    let kind: RecordKind

    var base: String { shop.base }
    var listed: Listed { .records(kind) }
    var provider: any Provider {
        kind == .product ? RecordDetailProvider.bigCommerceProduct : RecordDetailProvider.bigCommerceCustomer
    }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let pages = (try? NumberedPages(place)) ?? (try? NumberedPages(place.first))
        let from = Timestamp(seconds: pages?.from ?? 0) ?? place.since
        let isProduct = kind == .product
        let query =
            [
                ("date_modified:min", from.rfc3339), ("date_modified:max", place.until.rfc3339),
                ("limit", String(ListingPlace.pageSize)), ("page", String((pages?.page ?? 0) + 1)),
            ]
            + (isProduct
                ? [("sort", "date_modified"), ("direction", "asc"), ("include", "variants,images")]
                : [("sort", "date_modified:asc"), ("include", "addresses")])
        let text = query.map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        let path = isProduct ? "/v3/catalog/products" : "/v3/customers"
        return getPage("\(base.withoutTrailingSlash)\(path)?\(text)", shop.token, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        var pages = try NumberedPages(place)
        var entries: [ListedOrder] = []
        for record in try answer.elements("data") {
            let time = record["date_modified"]?.string.flatMap { Timestamp(rfc3339: $0) }
            entries.append(try ListedOrder(named(record), id: record["id"], changedAt: time, of: listed))
        }
        let next = pages.turn(entries)
        return ListingPage(orders: entries.filter { $0.changedAt < place.until }, next: next)
    }

    /// With the store, as the webhooks name it.
    private func named(_ record: JSONValue) -> JSONValue {
        let steps = base.split(separator: "/")
        guard var object = record.object, let place = steps.firstIndex(of: "stores"), place + 1 < steps.endIndex else {
            return record
        }
        object[RecordDetailProvider.store] = .string(steps[place + 1].lowercased())
        return .object(object)
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields { HeaderFields() }
}
