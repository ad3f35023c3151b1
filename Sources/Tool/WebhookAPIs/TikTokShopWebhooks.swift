import Crypto
import JSON
import Platform
import Verification

/// TikTok Shop (https://partner.tiktokshop.com/docv2/page/sign-your-api-request): GET, PUT and DELETE of
/// `/event/202309/webhooks`, signed. One URL for an event type and shop: registering again replaces it.
struct TikTokShopWebhooks: WebhookAPI {
    let caller: APICaller
    let appKey: String
    let appSecret: SecretBytes
    let accessToken: String
    let shopCipher: String?
    /// Seconds since 1970, for the signature.
    var now: () -> Int64 = { SystemClock.wallMicroseconds() / 1_000_000 }

    static let defaultBase = "https://open-api.tiktokglobalshop.com"
    /// All order events, and the two that announce the end of an authorization.
    let standardEvents = [
        "ORDER_STATUS_CHANGE", "RECIPIENT_ADDRESS_UPDATE", "PACKAGE_UPDATE", "CANCELLATION_STATUS_CHANGE",
        "RETURN_STATUS_CHANGE", "SELLER_DEAUTHORIZATION", "UPCOMING_AUTHORIZATION_EXPIRATION",
    ]
    let deletesByEvent = true
    private static let path = "/event/202309/webhooks"

    func register(_ events: [String], at url: String) throws -> WebhookResults {
        guard url.hasPrefix("https://"), url.utf8.count <= 255 else {
            throw UsageError("TikTok Shop accepts https URLs of at most 255 characters")
        }
        return try WebhookResults(each: events) { event in
            _ = try call("PUT", ["address": .string(url), "event_type": .string(event)])
            return WebhookEntry(events: [event], url: url, status: "registered")
        }
    }

    func list(_ events: [String]) throws -> [WebhookEntry] {
        let data = try call("GET", nil)
        return (data?["webhooks"]?.array ?? []).map { webhook in
            WebhookEntry(
                events: [webhook["event_type"]?.string ?? "?"], url: webhook["address"]?.string, status: "registered")
        }.filter { events.isEmpty || events.contains($0.events[0]) }
    }

    func delete(_ names: [String]) throws -> WebhookResults {
        try WebhookResults(each: names) { event in
            _ = try call("DELETE", ["event_type": .string(event)])
            return WebhookEntry(events: [event], status: "deleted")
        }
    }

    /// - Returns: the answer's `data`; `code` is 0.
    private func call(_ method: String, _ body: JSONValue?) throws -> JSONValue? {
        try caller.tikTokData(
            method, Self.path + "?" + query(body?.serialized() ?? []),
            headers: [("x-tts-access-token", accessToken)], body: body)
    }

    /// The signed query of a request with that body.
    func query(_ body: [UInt8]) -> String {
        var query = [("app_key", appKey), ("timestamp", String(now()))]
        if let shopCipher { query.append(("shop_cipher", shopCipher)) }
        let signature = TikTokShopRequest.signature(
            path: Self.path, query: query.map { (name: $0.0, value: $0.1) }, body: body, appSecret: appSecret)
        return (query + [("sign", signature)]).map { "\($0.0)=\(PercentEncoding.encode($0.1))" }
            .joined(separator: "&")
    }
}
