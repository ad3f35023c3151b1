import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// `/v2/webhooks/subscriptions`. A subscription has several topics and a signature key of its own, so a new one is never made:
/// topics are added to the one with the source's address. Only a person disables a subscription. The API takes
/// the application's personal access token only.
/// Source: https://developer.squareup.com/docs/webhooks/webhook-subscriptions-api
extension SquareOrderAPI: SubscriptionAPI {
    static var hasSeveralTopics: Bool { true }

    private var path: String { base.withoutTrailingSlash + "/v2/webhooks/subscriptions" }
    private var authorization: [(String, String)] {
        [("Authorization", "Bearer " + accessToken.text), ("Square-Version", version)]
    }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        let page = cursor.map { "&cursor=\(PercentText.encode($0))" } ?? ""
        return getPage(path + "?include_disabled=true&limit=100" + page, authorization, timeout)
    }

    /// Without any subscription the list is missing.
    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        guard answer.object != nil, answer["errors"] == nil else { throw .badAnswer("the answer has no subscriptions") }
        let found = (answer["subscriptions"]?.array ?? []).flatMap(Self.subscriptions)
        let next = answer["cursor"]?.string
        return SubscriptionPage(subscriptions: found, next: next?.isEmpty == false ? next : nil)
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? {
        answer["subscription"].map(Self.subscriptions) ?? []
    }

    private static func subscriptions(_ one: JSONValue) -> [Subscription] {
        (one["event_types"]?.array ?? []).map { topic in
            Subscription(
                id: one["id"]?.string, topic: topic.string ?? "", address: one["notification_url"]?.string,
                status: one["enabled"]?.bool == false ? .paused : .on, version: one["api_version"]?.string)
        }
    }

    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        let own = repair.registered.filter { $0.address == repair.address && $0.status == .on }
        guard repair.kind == .register, let id = own.first?.id else { return nil }
        let topics = own.filter { $0.id == id }.map(\.topic) + repair.missing
        return change(
            "PUT", "\(path)/\(PercentText.encode(id))", authorization,
            ["subscription": ["event_types": .array(topics.map(JSONValue.string))]], timeout)
    }
}
