import Crypto
import JSON

/// The three functions of the comment moderation guide, at its URLs.
///
/// TikTok itself has no such API (its developers' portal sets the URL); a server with this contract is at the base URL.
struct GuideWebhooks: WebhookAPI {
    let caller: APICaller
    let accessToken: String
    /// The secret for signing deliveries.
    let secret: SecretBytes

    static let defaultBase = "https://open.tiktokapis.com"
    let standardEvents = ["video_comment_created", "video_comment_deleted"]
    let deletesByEvent = false

    private var authorization: (String, String) { ("Authorization", "Bearer " + accessToken) }

    func register(_ events: [String], at url: String) throws -> WebhookResults {
        let answer = try caller.json(
            "POST", "/v2/webhook/register/", headers: [authorization],
            body: [
                "url": .string(url), "secret": .string(String(decoding: secret.reveal(), as: UTF8.self)),
                "events": .array(events.map(JSONValue.string)),
            ])
        let entry = answer["data"] ?? answer
        return WebhookResults([
            WebhookEntry(
                id: (entry["id"] ?? entry["webhook_id"])?.identifier, events: events, url: url, status: "registered")
        ])
    }

    func list(_ events: [String]) throws -> [WebhookEntry] {
        let answer = try caller.json("GET", "/v2/webhook/list/", headers: [authorization])
        guard let webhooks = answer["data"]?.array else { throw WebhookAPIFailure("the answer has no data") }
        return webhooks.map { webhook in
            WebhookEntry(
                id: webhook["id"]?.identifier, events: (webhook["events"]?.array ?? []).compactMap(\.string),
                url: webhook["url"]?.string, status: webhook["status"]?.string)
        }.filter { events.isEmpty || !Set(events).isDisjoint(with: $0.events) }
    }

    func delete(_ names: [String]) throws -> WebhookResults {
        try WebhookResults(each: names) { id in
            _ = try caller.json(
                "DELETE", "/v2/webhook/delete/", headers: [authorization], body: ["webhook_id": .string(id)])
            return WebhookEntry(id: id, events: [], status: "deleted")
        }
    }
}
