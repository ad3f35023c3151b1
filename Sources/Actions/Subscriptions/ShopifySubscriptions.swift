import JSON
import Ledger
import Outbound
import Webhooks

/// `webhookSubscriptions` of the GraphQL Admin API. Shopify removes a subscription after eight failed deliveries in four hours.
/// Source: https://shopify.dev/docs/api/admin-graphql/latest/queries/webhookSubscriptions
extension ShopifyOrderAPI: SubscriptionAPI {
    /// `orders/create`, as in the deliveries' headers, is `ORDERS_CREATE` here.
    static func canonical(_ topic: String) -> String {
        String(topic.uppercased().map { $0 == "/" || $0 == "." ? "_" : $0 })
    }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        ask(
            """
            query($after: String) { webhookSubscriptions(first: 100, after: $after) { nodes { id topic apiVersion { handle } \
            endpoint { __typename ... on WebhookHttpEndpoint { callbackUrl } } } pageInfo { hasNextPage endCursor } } }
            """, ["after": cursor.map(JSONValue.string) ?? .null], timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        try Self.check(answer)
        guard let list = answer["data"]?["webhookSubscriptions"] else {
            throw .badAnswer("the answer has no data.webhookSubscriptions")
        }
        let found = try list.elements("nodes").map { node in
            Subscription(
                id: node["id"]?.string, topic: node["topic"]?.string ?? "",
                address: node["endpoint"]?["callbackUrl"]?.string, version: node["apiVersion"]?["handle"]?.string)
        }
        let hasNext = list["pageInfo"]?["hasNextPage"]?.bool == true
        return SubscriptionPage(subscriptions: found, next: hasNext ? list["pageInfo"]?["endCursor"]?.string : nil)
    }

    /// The deliveries are signed with the app's secret.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        guard repair.kind == .register else { return nil }
        var request = ask(
            """
            mutation($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) { \
            webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) { webhookSubscription { id } \
            userErrors { field message } } }
            """,
            [
                "topic": .string(repair.topic),
                "subscription": ["callbackUrl": .string(repair.address), "format": "JSON"],
            ], timeout)
        request.repeatable = false
        return request
    }

    func confirm(_ answer: JSONValue) throws(ListingFault) {
        try Self.check(answer)
        if let error = answer["data"]?["webhookSubscriptionCreate"]?["userErrors"]?.array?.first {
            throw .badAnswer(error["message"]?.string ?? "refused")
        }
    }
}
