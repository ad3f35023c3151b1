import JSON
import Outbound
import Verification
import Webhooks

/// `POST /order/202309/orders/search`, by update time, oldest first.
/// Source: https://partner.tiktokshop.com/docv2/page/get-order-list-202309
extension TikTokOrderAPI: RecordListing {
    private static let searchPath = "/order/202309/orders/search"
    static let webhooksPath = "/event/202309/webhooks"

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        var query = [
            ("page_size", String(ListingPlace.pageSize)), ("sort_field", "update_time"), ("sort_order", "ASC"),
        ]
        if let cursor = place.cursor { query.append(("page_token", cursor)) }
        let body: JSONValue = [
            "update_time_ge": .number(JSONNumber(place.since.seconds)),
            "update_time_lt": .number(JSONNumber(place.until.seconds)),
        ]
        let url = signed(Self.searchPath, query, body: body.serialized(), now: now)
        return post(url, [("x-tts-access-token", accessToken.text)], body, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        let (found, next) = try Self.page(Self.data(of: answer), "orders")
        var orders: [ListedOrder] = []
        for order in found {
            let time = (order["update_time"] ?? order["create_time"])?.integer.flatMap { Timestamp(seconds: $0) }
            orders.append(try ListedOrder(order, id: order["id"], changedAt: time))
        }
        return ListingPage(orders: orders, next: next)
    }

    /// The data of an answer.
    static func data(of answer: JSONValue) throws(ListingFault) -> JSONValue {
        try check(answer)
        guard let data = answer["data"] else { throw .badAnswer("the answer has no data") }
        return data
    }

    /// The entries of a page, and the mark of the next one. Without any entry the list is missing.
    static func page(_ data: JSONValue, _ name: String) throws(ListingFault) -> ([JSONValue], next: String?) {
        let found = data[name] == nil && data["total_count"]?.integer == 0 ? [] : try data.elements(name)
        let next = data["next_page_token"]?.string
        return (found, next?.isEmpty == false && !found.isEmpty ? next : nil)
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? { webhooks(now: now, timeout: timeout) }

    /// The request for the registered webhooks.
    func webhooks(now: Timestamp, timeout: Duration) -> HTTPRequest {
        get(signed(Self.webhooksPath, [], body: [], now: now), [("x-tts-access-token", accessToken.text)], timeout)
    }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        guard answer["code"]?.integer == 0 else { return nil }
        let webhooks = answer["data"]?["webhooks"]?.array ?? []
        return webhooks.contains { $0["event_type"]?.string == "ORDER_STATUS_CHANGE" }
    }

    /// The codes of credentials begin with 105; 36009002 is the limit of requests.
    static func check(_ answer: JSONValue) throws(ListingFault) {
        guard let code = answer["code"]?.integer else { throw .badAnswer("the answer has no code") }
        if code == 0 { return }
        let reason = "code \(code): \(answer["message"]?.string ?? "")"
        switch code {
        case tokenCodes: throw .tokenRefused(reason)
        case 105_000..<106_000: throw .unauthorized(reason)
        case 36_009_002: throw .limited(after: nil, reason)
        default: throw .badAnswer(reason)
        }
    }

    /// A URL with its signature.
    func signed(_ path: String, _ more: [(String, String)], body: [UInt8], now: Timestamp) -> String {
        var query = more + [("app_key", appKey.text), ("timestamp", String(now.seconds))]
        if let shopCipher { query.append(("shop_cipher", shopCipher)) }
        let signature = TikTokShopRequest.signature(
            path: path, query: query.map { (name: $0.0, value: $0.1) }, body: body, appSecret: appSecret)
        let text = (query + [("sign", signature)]).map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return base.withoutTrailingSlash + path + "?" + text
    }
}
