import JSON
import Outbound
import Webhooks

/// The GraphQL Admin API's `orders`, by update time, oldest first; ids and times only. A missing order is fetched over
/// REST, whose body is that of the webhooks.
///
/// Without the scope `read_all_orders` Shopify lists the orders of the last 60 days.
/// Source: https://shopify.dev/docs/api/admin-graphql/latest/queries/orders,
/// https://shopify.dev/docs/api/usage/limits
extension ShopifyOrderAPI: RecordListing {
    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        changes(of: "orders", place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try changes(of: "orders", listed, in: answer)
    }

    /// The request for a page of ids and times.
    /// - Parameter name: the query of the API.
    func changes(of name: String, _ place: ListingPlace, _ timeout: Duration) -> HTTPRequest {
        let time = "updated_at:>='\(place.since.rfc3339)' AND updated_at:<'\(place.until.rfc3339)'"
        return ask(
            """
            query($first: Int!, $after: String, $query: String!) { \(name)(first: $first, after: $after, query: $query, \
            sortKey: UPDATED_AT) { nodes { legacyResourceId updatedAt } pageInfo { hasNextPage endCursor } } }
            """,
            [
                "first": .number(JSONNumber(Int64(ListingPlace.pageSize))),
                "after": place.cursor.map(JSONValue.string) ?? .null, "query": .string(time),
            ], timeout)
    }

    /// The page in an answer to that request.
    func changes(of name: String, _ listed: Listed, in answer: JSONValue) throws(ListingFault) -> ListingPage {
        try Self.check(answer)
        guard let list = answer["data"]?[name] else { throw .badAnswer("the answer has no data.\(name)") }
        var entries: [ListedOrder] = []
        for node in try list.elements("nodes") {
            let time = node["updatedAt"]?.string.flatMap { Timestamp(rfc3339: $0) }
            entries.append(
                try ListedOrder(node, id: node["legacyResourceId"], changedAt: time, isWhole: false, of: listed))
        }
        guard let hasNext = list["pageInfo"]?["hasNextPage"]?.bool else {
            throw .badAnswer("the answer has no data.\(name).pageInfo")
        }
        var page = ListingPage(orders: entries, next: hasNext ? list["pageInfo"]?["endCursor"]?.string : nil)
        if hasNext, page.next == nil { throw .badAnswer("there is a next page, but endCursor does not name it") }
        page.pause = Self.pause(answer)
        return page
    }

    /// As a delivery would name it, so that its type follows from the state.
    func headers(of order: JSONValue, isNew: Bool) -> HeaderFields {
        HeaderFields([("x-shopify-topic", isNew ? "orders/create" : "orders/updated")])
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? {
        ask(
            "query { webhookSubscriptions(first: 100, topics: [ORDERS_CREATE, ORDERS_UPDATED]) { nodes { topic } } }",
            [:],
            timeout)
    }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        answer["data"]?["webhookSubscriptions"]?["nodes"]?.array.map { !$0.isEmpty }
    }

    /// A query or mutation.
    func ask(_ query: String, _ variables: JSONValue, _ timeout: Duration) -> HTTPRequest {
        post(
            "\(base.withoutTrailingSlash)/admin/api/\(version)/graphql.json",
            [("X-Shopify-Access-Token", accessToken.text)], ["query": .string(query), "variables": variables], timeout)
    }

    /// Errors come with status 200.
    static func check(_ answer: JSONValue) throws(ListingFault) {
        guard let error = answer["errors"]?.array?.first else { return }
        let code = error["extensions"]?["code"]?.string ?? "error"
        let reason = "\(code): \(error["message"]?.string ?? "")"
        switch code {
        case "THROTTLED": throw .limited(after: pause(answer), reason)
        case "ACCESS_DENIED": throw .unauthorized(reason)
        case "INTERNAL_SERVER_ERROR": throw .unavailable(reason)
        default: throw .badAnswer(reason)
        }
    }

    /// How long it takes until a request of the same cost is allowed, in milliseconds.
    private static func pause(_ answer: JSONValue) -> Int64 {
        let cost = answer["extensions"]?["cost"]
        let status = cost?["throttleStatus"]
        guard let wanted = number(cost?["requestedQueryCost"]), let left = number(status?["currentlyAvailable"]),
            let rate = number(status?["restoreRate"]), rate > 0, wanted > left
        else { return 0 }
        return min(60_000, Int64(((wanted - left) / rate * 1000).rounded(.up)))
    }

    /// Shopify writes points as 1000 or 1000.0.
    private static func number(_ value: JSONValue?) -> Double? {
        guard case .number(let number) = value, let double = Double(number.text), double.isFinite else { return nil }
        return min(max(double, 0), 1e9)
    }
}
