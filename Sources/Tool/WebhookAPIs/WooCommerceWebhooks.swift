import Crypto
import JSON

/// WooCommerce's REST API (https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks). A webhook is for one
/// topic. An existing registration is not repeated, because every copy would deliver.
struct WooCommerceWebhooks: WebhookAPI {
    let caller: APICaller
    let consumerKey: String
    let consumerSecret: SecretBytes
    /// The secret for signing deliveries.
    let secret: SecretBytes

    let standardEvents = ["order.created", "order.updated", "order.deleted"]
    let deletesByEvent = false
    private static let path = "/wp-json/wc/v3/webhooks"
    private static let pageLength = 100

    func register(_ events: [String], at url: String) throws -> WebhookResults {
        let known = try list([])
        return try WebhookResults(each: events) { event in
            if var found = known.first(where: { $0.events == [event] && $0.url == url && $0.status == "active" }) {
                found.status = "registered before"
                return found
            }
            let made = try call(
                "POST", Self.path,
                [
                    "name": .string("Hookledger \(event)"), "topic": .string(event), "delivery_url": .string(url),
                    "secret": .string(String(decoding: secret.reveal(), as: UTF8.self)), "status": "active",
                ])
            guard let id = made["id"]?.identifier, made["topic"]?.string == event, made["delivery_url"]?.string == url
            else { throw WebhookAPIFailure.otherWebhook }
            return WebhookEntry(id: id, events: [event], url: url, status: "registered")
        }
    }

    func list(_ events: [String]) throws -> [WebhookEntry] {
        var entries: [WebhookEntry] = []
        for page in 1...1000 {
            let query = "?per_page=\(Self.pageLength)&page=\(page)&orderby=id&order=asc"
            guard let webhooks = try call("GET", Self.path + query, nil).array else {
                throw WebhookAPIFailure("the answer has no list of webhooks")
            }
            entries += webhooks.map { webhook in
                WebhookEntry(
                    id: webhook["id"]?.identifier, events: [webhook["topic"]?.string ?? "?"],
                    url: webhook["delivery_url"]?.string, status: webhook["status"]?.string)
            }
            if webhooks.count < Self.pageLength { break }
        }
        return entries.filter { events.isEmpty || !Set(events).isDisjoint(with: $0.events) }
    }

    /// For good, not into the bin: webhooks have none.
    func delete(_ names: [String]) throws -> WebhookResults {
        for id in names where !id.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw UsageError("WooCommerce's ids are numbers, not \"\(id)\"")
        }
        return try WebhookResults(each: names) { id in
            let gone = try call("DELETE", "\(Self.path)/\(id)?force=true", nil)
            return WebhookEntry(
                id: id, events: (gone["topic"]?.string).map { [$0] } ?? [], url: gone["delivery_url"]?.string,
                status: "deleted")
        }
    }

    private func call(_ method: String, _ path: String, _ body: JSONValue?) throws -> JSONValue {
        let pair = Array("\(consumerKey):".utf8) + consumerSecret.reveal()
        return try caller.json(
            method, path, headers: [("Authorization", "Basic " + Base64.encode(pair))], body: body)
    }
}
