import JSON
import Ledger
import Outbound
import Webhooks

/// GET and PUT of `/event/202309/webhooks`: one address for a topic and shop, so that an address of somebody else is left alone.
/// Source: https://partner.tiktokshop.com/docv2/page/get-shop-webhooks-202309
extension TikTokOrderAPI: SubscriptionAPI {
    static var hasOneAddress: Bool { true }

    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        webhooks(now: now, timeout: timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        try Self.check(answer)
        let list = answer["data"]?["webhooks"]?.array ?? []
        return SubscriptionPage(
            subscriptions: list.map { webhook in
                Subscription(topic: webhook["event_type"]?.string ?? "", address: webhook["address"]?.string)
            })
    }

    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        guard repair.kind == .register, repair.address.utf8.count <= 255 else { return nil }
        let body: JSONValue = ["address": .string(repair.address), "event_type": .string(repair.topic)]
        return change(
            "PUT", signed(Self.webhooksPath, [], body: body.serialized(), now: now),
            [("x-tts-access-token", accessToken.text)], body, timeout)
    }

    /// `code` is all that the answer says.
    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? {
        try Self.check(answer)
        return nil
    }
}
