import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// Square's SearchOrders, by update time, oldest first.
/// Source: https://developer.squareup.com/reference/square/orders-api/search-orders
struct SquareOrderAPI: OrderAPI, OrderListing {
    let provider: any Provider
    let headers = HeaderFields()
    let base: String
    let accessToken: SecretBytes
    let version: String
    /// The locations whose orders are searched; at most 10.
    let locations: [String]

    static let defaultBase = "https://connect.squareup.com"
    static let defaultVersion = "2025-01-23"

    private var common: [(String, String)] {
        [("Authorization", "Bearer " + accessToken.text), ("Square-Version", version)]
    }

    func request(for orderID: String, now: Timestamp, timeout: Duration) -> HTTPRequest {
        get("\(base.withoutTrailingSlash)/v2/orders/\(PercentText.encode(orderID))", common, timeout)
    }

    func order(in answer: JSONValue) -> OrderAnswer { answer["order"].map(OrderAnswer.found) ?? .absent }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        var body: JSONValue = [
            "location_ids": .array(locations.map(JSONValue.string)),
            "limit": .number(JSONNumber(Int64(ListingPlace.pageSize))),
            "query": [
                "filter": [
                    "date_time_filter": [
                        "updated_at": [
                            "start_at": .string(place.since.rfc3339), "end_at": .string(place.until.rfc3339),
                        ]
                    ]
                ], "sort": ["sort_field": "UPDATED_AT", "sort_order": "ASC"],
            ],
        ]
        if let cursor = place.cursor, var object = body.object {
            object["cursor"] = .string(cursor)
            body = .object(object)
        }
        return post("\(base.withoutTrailingSlash)/v2/orders/search", common, body, timeout)
    }

    /// Without any order the list is missing.
    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        guard answer.object != nil, answer["errors"] == nil else { throw .badAnswer("the answer has no orders") }
        var orders: [ListedOrder] = []
        for order in answer["orders"] == nil ? [] : try answer.elements("orders") {
            let time = order["updated_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
            orders.append(try ListedOrder(order, id: order["id"], changedAt: time))
        }
        let next = answer["cursor"]?.string
        return ListingPage(orders: orders, next: next?.isEmpty == false ? next : nil)
    }
}
