import JSON
import Outbound
import Providers
import Webhooks

/// `GET /wp-json/wc/v3/customers`, in pages with numbers, by id. It can filter by no time, so each run reads all customers and
/// compares those that changed in its window. A customer who is deleted meanwhile moves the later ones to an earlier place,
/// where they may be skipped, so a run also compares what the one before it had to compare.
/// Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-customers
struct WooCommerceCustomerAPI: RecordListing {
    let shop: WooCommerceOrderAPI

    static let pace: Int64 = 6 * 3600

    var kind: RecordKind { .customer }
    var base: String { shop.base }
    var provider: any Provider { shop.provider }
    var listed: Listed { .records(kind, sorting: .none) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.page(of: "customers", [("orderby", "id"), ("order", "asc"), ("page", place.cursor ?? "1")], timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        guard let list = answer.array else { throw .badAnswer("the answer is no list") }
        guard let number = Int64(place.cursor ?? "1") else { throw .badAnswer("the stored page is no number") }
        let oldest = place.since.advanced(bySeconds: -Self.pace)
        var entries: [ListedOrder] = []
        for customer in list {
            let body = Self.dated(customer)
            let time = WooCommerceOrderAPI.moment(body["date_modified_gmt"])
            let entry = try ListedOrder(body, id: body["id"], changedAt: time, of: listed)
            if entry.changedAt >= oldest, entry.changedAt < place.until { entries.append(entry) }
        }
        return ListingPage(orders: entries, next: list.count < ListingPlace.pageSize ? nil : String(number + 1))
    }

    /// A customer who was never changed has only the time of his registration.
    private static func dated(_ customer: JSONValue) -> JSONValue {
        guard var object = customer.object, moment(object) == nil else { return customer }
        object["date_modified_gmt"] = object["date_created_gmt"]
        return .object(object)
    }

    private static func moment(_ customer: JSONObject) -> Timestamp? {
        WooCommerceOrderAPI.moment(customer["date_modified_gmt"])
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields {
        WooCommerceOrderAPI.headers(of: kind, isNew: isNew)
    }
}
