import Crypto
import JSON
import Verification

/// TikTok's API for Business, version 1.3: `/business/webhook/update/`, `list/` and `delete/`, by the app's id and secret.
/// One URL for an app and event type: registering again replaces it. Every answer is a 200 with a `code`.
///
/// Source: https://business-api.tiktok.com/portal/docs (Webhooks; read second-hand)
struct TikTokBusinessWebhooks: WebhookAPI {
    let caller: APICaller
    let appID: String
    let secret: SecretBytes

    static let defaultBase = "https://business-api.tiktok.com"
    let standardEvents = ["COMMENT"]
    let deletesByEvent = true
    private static let path = "/open_api/v1.3/business/webhook/"
    private static let allEvents = ["COMMENT", "VIDEO", "DIRECT_MESSAGE", "BRAND_MENTION"]

    func register(_ events: [String], at url: String) throws -> [WebhookEntry] {
        try events.map { event in
            _ = try post("update/", event, ["callback_url": .string(url)])
            return WebhookEntry(events: [event], url: url, status: "registered")
        }
    }

    /// The API is asked for each event type; one that has no URL has no webhook.
    func list(_ events: [String]) throws -> [WebhookEntry] {
        try (events.isEmpty ? Self.allEvents : events).compactMap { event in
            let query = [("app_id", appID), ("secret", plainSecret), ("event_type", event)]
                .map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
            let data = try data(of: caller.json("GET", Self.path + "list/?" + query, headers: []))
            guard let url = data?["callback_url"]?.string, !url.isEmpty else { return nil }
            return WebhookEntry(events: [event], url: url, status: "registered")
        }
    }

    func delete(_ names: [String]) throws -> [WebhookEntry] {
        try names.map { event in
            _ = try post("delete/", event, [:])
            return WebhookEntry(events: [event], status: "deleted")
        }
    }

    private var plainSecret: String { String(decoding: secret.reveal(), as: UTF8.self) }

    private func post(_ function: String, _ event: String, _ more: [String: JSONValue]) throws -> JSONValue? {
        var body = JSONObject()
        body["app_id"] = .string(appID)
        body["secret"] = .string(plainSecret)
        body["event_type"] = .string(event)
        for (key, value) in more { body[key] = value }
        return try data(of: caller.json("POST", Self.path + function, headers: [], body: .object(body)))
    }

    private func data(of answer: JSONValue) throws -> JSONValue? {
        let code = answer["code"]?.integer
        guard code == 0 else {
            throw caller.refused("code \(code.map(String.init) ?? "unknown")", answer["message"]?.string)
        }
        return answer["data"]
    }
}
