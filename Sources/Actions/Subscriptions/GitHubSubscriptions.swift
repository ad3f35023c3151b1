import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// The webhooks of a repository or organization, each with several events. GitHub itself disables none: a person has.
/// Source: https://docs.github.com/en/rest/repos/webhooks, https://docs.github.com/en/rest/orgs/webhooks
extension GitHubAPI: SubscriptionAPI {
    static var hasSeveralTopics: Bool { true }

    /// GitHub allows 20 webhooks for each event, so one page has all of them.
    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest {
        getPage("\(hooks)?per_page=\(ListingPlace.pageSize)&page=\(cursor ?? "1")", headers, timeout)
    }

    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage {
        guard let list = answer.array else { throw .badAnswer("the answer is no list") }
        let page = cursor.flatMap { Int($0) } ?? 1
        return SubscriptionPage(
            subscriptions: list.flatMap(Self.subscriptions),
            next: list.count < ListingPlace.pageSize ? nil : String(page + 1))
    }

    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]? { Self.subscriptions(answer) }

    private static func subscriptions(_ hook: JSONValue) -> [Subscription] {
        (hook["events"]?.array ?? []).map { event in
            Subscription(
                id: hook["id"]?.identifier, topic: event.string ?? "", address: hook["config"]?["url"]?.string,
                status: hook["active"]?.bool == false ? .paused : .on, trouble: trouble(hook["last_response"]))
        }
    }

    /// GitHub's words about the last delivery, unless it was answered 2xx or there was none.
    private static func trouble(_ last: JSONValue?) -> String? {
        let code = last?["code"]?.integer
        if let code, (200..<300).contains(code) { return nil }
        let words = last?["message"]?.string ?? last?["status"]?.string ?? ""
        if let code, code != 0 { return "its last delivery was answered \(code)" + (words.isEmpty ? "" : ": \(words)") }
        return ["", "unused", "active"].contains(words) ? nil : "its last delivery failed: \(words)"
    }

    /// All missing events in one request: to the webhook with the address, or for a new one with the source's secret. An
    /// inactive webhook is a person's decision, so nothing is registered beside it.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest? {
        let own = repair.registered.filter { $0.address == repair.address }
        guard repair.kind == .register, !own.contains(where: { $0.status == .paused }) else { return nil }
        if let id = own.first?.id {
            let events = own.filter { $0.id == id }.map(\.topic) + repair.missing
            return change(
                "PATCH", "\(hooks)/\(PercentText.encode(id))", headers,
                ["events": .array(events.map(JSONValue.string))], timeout)
        }
        guard let secret = repair.secret else { return nil }
        return change(
            "POST", hooks, headers,
            [
                "name": "web", "active": true, "events": .array(repair.missing.map(JSONValue.string)),
                "config": [
                    "url": .string(repair.address), "content_type": "json", "insecure_ssl": "0",
                    "secret": .string(secret.text),
                ],
            ], timeout)
    }
}
