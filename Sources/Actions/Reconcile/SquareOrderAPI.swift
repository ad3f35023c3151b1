import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// Square's SearchOrders, by update time, oldest first.
/// Source: https://developer.squareup.com/reference/square/orders-api/search-orders
struct SquareOrderAPI: OrderAPI, RecordListing {
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
        search(
            "/v2/orders/search",
            [
                "location_ids": .array(locations.map(JSONValue.string)),
                "query": [
                    "filter": [
                        "date_time_filter": [
                            "updated_at": [
                                "start_at": .string(place.since.rfc3339), "end_at": .string(place.until.rfc3339),
                            ]
                        ]
                    ], "sort": ["sort_field": "UPDATED_AT", "sort_order": "ASC"],
                ],
            ], place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try page("orders", listed, in: answer, at: place)
    }

    /// The request for a page of a search.
    /// - Parameter terms: its body, without the size and the mark of the page.
    func search(_ path: String, _ terms: JSONValue, _ place: ListingPlace, _ timeout: Duration) -> HTTPRequest {
        var terms = terms.object ?? JSONObject()
        terms["limit"] = .number(JSONNumber(Int64(ListingPlace.pageSize)))
        terms["cursor"] = place.cursor.map(JSONValue.string)
        return post(base.withoutTrailingSlash + path, common, .object(terms), timeout)
    }

    /// The page in an answer to a search. Without any entry the list is missing.
    func page(
        _ name: String, _ listed: Listed, in answer: JSONValue, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage {
        guard answer.object != nil, answer["errors"] == nil else { throw .badAnswer("the answer has no \(name)") }
        var entries: [ListedOrder] = []
        for entry in answer[name] == nil ? [] : try answer.elements(name) {
            let time = entry["updated_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
            let read = try ListedOrder(entry, id: entry["id"], changedAt: time, of: listed)
            if read.changedAt < place.until { entries.append(read) }
        }
        let next = answer["cursor"]?.string
        return ListingPage(orders: entries, next: next?.isEmpty == false ? next : nil)
    }
}
