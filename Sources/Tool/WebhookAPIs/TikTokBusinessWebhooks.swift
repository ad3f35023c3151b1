import Crypto
import JSON
import Platform
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

    func register(_ events: [String], at url: String) throws -> WebhookResults {
        try WebhookResults(each: events) { event in
            _ = try post("update/", event, ["callback_url": .string(url)])
            return WebhookEntry(events: [event], url: url, status: "registered")
        }
    }

    /// The API is asked for each event type; one that has no URL has no webhook. An app may be refused some of the types:
    /// these are named beside the list, unless they were asked for or all are refused.
    func list(_ events: [String]) throws -> [WebhookEntry] {
        guard events.isEmpty else { return try events.compactMap(entry) }
        var entries: [WebhookEntry] = []
        var refusals: [(event: String, failure: WebhookAPIFailure)] = []
        for event in Self.allEvents {
            do {
                if let entry = try entry(event) { entries.append(entry) }
            } catch let failure as WebhookAPIFailure where !failure.isUnreachable {
                refusals.append((event, failure))
            }
        }
        if let first = refusals.first, refusals.count == Self.allEvents.count { throw first.failure }
        for (event, failure) in refusals { StandardError.write("\(event): \(failure)") }
        return entries
    }

    private func entry(_ event: String) throws -> WebhookEntry? {
        let query = [("app_id", appID), ("secret", plainSecret), ("event_type", event)]
            .map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        let data = try caller.tikTokData("GET", Self.path + "list/?" + query)
        guard let url = data?["callback_url"]?.string, !url.isEmpty else { return nil }
        return WebhookEntry(events: [event], url: url, status: "registered")
    }

    func delete(_ names: [String]) throws -> WebhookResults {
        try WebhookResults(each: names) { event in
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
        return try caller.tikTokData("POST", Self.path + function, body: .object(body))
    }
}
