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
            query($after: String) { webhookSubscriptions(first: 100, after: $after) { nodes { \(Self.members) } \
            pageInfo { hasNextPage endCursor } } }
            """, ["after": cursor.map(JSONValue.string) ?? .null], timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        try Self.check(answer)
        guard let list = answer["data"]?["webhookSubscriptions"] else {
            throw .badAnswer("the answer has no data.webhookSubscriptions")
        }
        let found = try list.elements("nodes").map(Self.subscription)
        let hasNext = list["pageInfo"]?["hasNextPage"]?.bool == true
        return SubscriptionPage(subscriptions: found, next: hasNext ? list["pageInfo"]?["endCursor"]?.string : nil)
    }

    /// The members that describe a webhook.
    private static let members =
        "id topic apiVersion { handle } endpoint { __typename ... on WebhookHttpEndpoint { callbackUrl } }"

    private static func subscription(_ node: JSONValue) -> Subscription {
        Subscription(
            id: node["id"]?.string, topic: node["topic"]?.string ?? "",
            address: node["endpoint"]?["callbackUrl"]?.string, version: node["apiVersion"]?["handle"]?.string)
    }

    /// The deliveries are signed with the app's secret.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        guard repair.kind == .register else { return nil }
        var request = ask(
            """
            mutation($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) { \
            webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) { \
            webhookSubscription { \(Self.members) } userErrors { field message } } }
            """,
            [
                "topic": .string(repair.topic),
                "subscription": ["callbackUrl": .string(repair.address), "format": "JSON"],
            ], timeout)
        request.repeatable = false
        return request
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? {
        try Self.check(answer)
        let result = answer["data"]?["webhookSubscriptionCreate"]
        if let error = result?["userErrors"]?.array?.first {
            throw .badAnswer(error["message"]?.string ?? "refused")
        }
        return result?["webhookSubscription"].map { [Self.subscription($0)] } ?? []
    }
}
