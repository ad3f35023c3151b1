import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// `/v3/hooks`, in pages with numbers. BigCommerce sets `is_active` to false when deliveries fail for 48 hours.
/// Source: https://developer.bigcommerce.com/docs/rest-management/webhooks
extension BigCommerceOrderAPI: SubscriptionAPI {
    private var hooks: String { base.withoutTrailingSlash + "/v3/hooks" }
    private var authorization: [(String, String)] { [("X-Auth-Token", accessToken.text)] }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        getPage("\(hooks)?limit=250&page=\(cursor ?? "1")", authorization, timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        let found = try answer.elements("data").map(Self.subscription)
        let page = cursor.flatMap { Int64($0) } ?? 1
        let pages = answer["meta"]?["pagination"]?["total_pages"]?.integer ?? 1
        return SubscriptionPage(subscriptions: found, next: page < pages ? String(page + 1) : nil)
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? {
        answer["data"].map { [Self.subscription($0)] } ?? []
    }

    private static func subscription(_ hook: JSONValue) -> Subscription {
        Subscription(
            id: hook["id"]?.identifier, topic: hook["scope"]?.string ?? "", address: hook["destination"]?.string,
            status: hook["is_active"]?.bool == false ? .disabled : .on)
    }

    /// The deliveries are signed with the app's secret.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        switch repair.kind {
        case .enable:
            guard let id = repair.found?.id, Int64(id) != nil else { return nil }
            return change("PUT", "\(hooks)/\(id)", authorization, ["is_active": true], timeout)
        case .register:
            return change(
                "POST", hooks, authorization,
                ["scope": .string(repair.topic), "destination": .string(repair.address), "is_active": true], timeout)
        }
    }
}
