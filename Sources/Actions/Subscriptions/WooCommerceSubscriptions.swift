import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// `/wp-json/wc/v3/webhooks`, in pages with numbers. WooCommerce sets a webhook to `disabled` after five failed deliveries; a
/// person pauses it as `paused`.
/// Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
extension WooCommerceOrderAPI: SubscriptionAPI {
    private static let pageSize = 100

    private var webhooks: String { base.withoutTrailingSlash + "/wp-json/wc/v3/webhooks" }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        getPage(
            "\(webhooks)?per_page=\(Self.pageSize)&page=\(cursor ?? "1")&orderby=id&order=asc", [authorization], timeout
        )
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        guard let list = answer.array else { throw .badAnswer("the answer is no list") }
        let page = cursor.flatMap { Int($0) } ?? 1
        return SubscriptionPage(
            subscriptions: list.map(Self.subscription), next: list.count < Self.pageSize ? nil : String(page + 1))
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? { [Self.subscription(answer)] }

    private static func subscription(_ webhook: JSONValue) -> Subscription {
        let status: Subscription.Status =
            switch webhook["status"]?.string {
            case "active": .on
            case "disabled": .disabled
            default: .paused
            }
        return Subscription(
            id: webhook["id"]?.identifier, topic: webhook["topic"]?.string ?? "",
            address: webhook["delivery_url"]?.string, status: status)
    }

    /// A new webhook signs with the secret of the source.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        switch repair.kind {
        case .enable:
            guard let id = repair.found?.id, Int64(id) != nil else { return nil }
            return change("PUT", "\(webhooks)/\(id)", [authorization], ["status": "active"], timeout)
        case .register:
            guard let secret = repair.secret else { return nil }
            return change(
                "POST", webhooks, [authorization],
                [
                    "name": .string("Hookledger \(repair.topic)"), "topic": .string(repair.topic),
                    "delivery_url": .string(repair.address), "secret": .string(secret.text), "status": "active",
                ], timeout)
        }
    }
}
