import JSON

/// Shopify's GraphQL Admin API (https://shopify.dev/docs/api/admin-graphql/latest/mutations/webhookSubscriptionCreate).
/// It refuses a second subscription of the same topic and address; existing ones are left unchanged.
struct ShopifyWebhooks: WebhookAPI {
    let caller: APICaller
    let accessToken: String
    let version: String

    static let defaultVersion = "2025-01"
    let standardEvents = ["orders/create", "orders/updated", "orders/cancelled"]
    let deletesByEvent = false

    func register(_ events: [String], at url: String) throws -> WebhookResults {
        let known = try list([])
        return try WebhookResults(each: events.map(Self.topic)) { topic in
            if var found = known.first(where: { $0.events == [topic] && $0.url == url }) {
                found.status = "registered before"
                return found
            }
            let answer = try call(
                """
                mutation($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
                  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
                    webhookSubscription { id } userErrors { field message }
                  }
                }
                """,
                [
                    "topic": .string(topic),
                    "subscription": ["callbackUrl": .string(url), "format": "JSON"],
                ])
            let made = try checked(answer?["webhookSubscriptionCreate"])
            guard let id = made?["webhookSubscription"]?["id"]?.string else { throw WebhookAPIFailure.otherWebhook }
            return WebhookEntry(id: id, events: [topic], url: url, status: "registered")
        }
    }

    func list(_ events: [String]) throws -> [WebhookEntry] {
        var entries: [WebhookEntry] = []
        var after: JSONValue = .null
        while true {
            let page = try call(
                """
                query($after: String) {
                  webhookSubscriptions(first: 100, after: $after) {
                    nodes { id topic endpoint { __typename ... on WebhookHttpEndpoint { callbackUrl } } }
                    pageInfo { hasNextPage endCursor }
                  }
                }
                """, ["after": after])?["webhookSubscriptions"]
            guard let nodes = page?["nodes"]?.array else {
                throw WebhookAPIFailure("the answer has no list of webhooks")
            }
            entries += nodes.map { node in
                WebhookEntry(
                    id: node["id"]?.string, events: [node["topic"]?.string ?? "?"],
                    url: node["endpoint"]?["callbackUrl"]?.string, status: "registered")
            }
            guard page?["pageInfo"]?["hasNextPage"]?.bool == true, let end = page?["pageInfo"]?["endCursor"],
                end != after
            else { break }
            after = end
        }
        let topics = Set(events.map(Self.topic))
        return entries.filter { topics.isEmpty || !topics.isDisjoint(with: $0.events) }
    }

    func delete(_ names: [String]) throws -> WebhookResults {
        let ids = names.map { $0.hasPrefix("gid://") ? $0 : "gid://shopify/WebhookSubscription/" + $0 }
        return try WebhookResults(each: ids) { id in
            let answer = try call(
                """
                mutation($id: ID!) {
                  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
                }
                """, ["id": .string(id)])
            _ = try checked(answer?["webhookSubscriptionDelete"])
            return WebhookEntry(id: id, events: [], status: "deleted")
        }
    }

    /// `orders/create`, as in the deliveries' headers, is `ORDERS_CREATE` here.
    static func topic(_ event: String) -> String {
        String(event.uppercased().map { $0 == "/" || $0 == "." ? "_" : $0 })
    }

    private func call(_ query: String, _ variables: JSONValue) throws -> JSONValue? {
        let answer = try caller.json(
            "POST", "/admin/api/\(version)/graphql.json", headers: [("X-Shopify-Access-Token", accessToken)],
            body: ["query": .string(query), "variables": variables])
        if let error = answer["errors"] {
            throw caller.refused("by GraphQL", error.array?.first?["message"]?.string ?? error.string ?? error.text)
        }
        return answer["data"]
    }

    private func checked(_ result: JSONValue?) throws -> JSONValue? {
        if let error = result?["userErrors"]?.array?.first {
            throw caller.refused("by Shopify", error["message"]?.string)
        }
        return result
    }
}
