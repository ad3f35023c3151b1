import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// `/v1/webhook_endpoints`, in pages by cursors. An endpoint has several types of events, one API version, and a secret of its own
/// that only the answer to its creation shows. So a new one is never made: types are added to the one with the source's address.
/// Stripe disables an endpoint whose deliveries fail for several days; a person does it with the same status. The endpoints
/// for connected accounts are those of the platform.
/// Source: https://docs.stripe.com/api/webhook_endpoints, https://docs.stripe.com/webhooks#disable
extension StripeAPI: SubscriptionAPI {
    static var hasSeveralTopics: Bool { true }

    private var endpoints: String { base.withoutTrailingSlash + "/v1/webhook_endpoints" }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let after = cursor.map { "&starting_after=\(PercentText.encode($0))" } ?? ""
        return getPage("\(endpoints)?limit=\(ListingPlace.pageSize)\(after)", authorization, timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        let list = try answer.elements("data")
        let found = list.flatMap(Self.subscriptions)
        guard let hasMore = answer["has_more"]?.bool else { throw .badAnswer("the answer has no has_more") }
        guard hasMore else { return SubscriptionPage(subscriptions: found) }
        guard let last = list.last?["id"]?.string else {
            throw .badAnswer("there is a next page, but this one is empty")
        }
        return SubscriptionPage(subscriptions: found, next: last)
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? { Self.subscriptions(answer) }

    private static func subscriptions(_ endpoint: JSONValue) -> [Subscription] {
        (endpoint["enabled_events"]?.array ?? []).map { type in
            Subscription(
                id: endpoint["id"]?.string, topic: type.string ?? "", address: endpoint["url"]?.string,
                status: endpoint["status"]?.string == "enabled" ? .on : .off, version: endpoint["api_version"]?.string)
        }
    }

    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        switch repair.kind {
        case .enable:
            guard let id = repair.found?.id else { return nil }
            return change(id, [("disabled", "false")], timeout)
        case .register:
            let own = repair.registered.filter { $0.address == repair.address && $0.status == .on }
            guard let id = own.first?.id else { return nil }
            let types = own.filter { $0.id == id }.map(\.topic) + repair.missing
            return change(id, types.map { ("enabled_events[]", $0) }, timeout)
        }
    }

    /// Stripe takes forms.
    private func change(_ id: String, _ fields: [(String, String)], _ timeout: Duration) -> HTTPRequest {
        var request = get(
            "\(endpoints)/\(PercentText.encode(id))",
            authorization + [("Content-Type", "application/x-www-form-urlencoded")], timeout)
        request.method = "POST"
        request.body = Array(
            fields.map { "\(PercentText.encode($0.0))=\(PercentText.encode($0.1))" }.joined(separator: "&").utf8)
        request.repeatable = false
        return request
    }
}
