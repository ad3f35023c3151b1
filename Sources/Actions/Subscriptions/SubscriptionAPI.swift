import Crypto
import JSON
import Ledger
import Outbound
import Webhooks

/// A provider's own API, as far as it says which webhooks are registered. Pure: it says the next request, and reads an
/// answer.
protocol SubscriptionAPI: ProviderAPI {
    /// Whether a topic leads to one address only, so that registering ours would take it from another.
    static var hasOneAddress: Bool { get }
    /// Whether a webhook has several topics, so that a missing one is added to the one with our address.
    static var hasSeveralTopics: Bool { get }
    /// A topic as the API names it.
    static func canonical(_ topic: String) -> String
    /// The request for a page of what is registered.
    /// - Parameter cursor: the mark of the page; nil for the first.
    func subscriptions(_ cursor: String?, now: Timestamp, timeout: Duration) -> HTTPRequest
    /// The page in an answer of status 2xx.
    /// - Throws: what the answer says instead.
    func subscriptions(in answer: JSONValue, _ cursor: String?) throws(ListingFault) -> SubscriptionPage
    /// The request that registers or enables a webhook.
    /// - Returns: nil if this cannot be done through the API, or would change what the source needs to verify deliveries.
    func repair(_ repair: SubscriptionRepair, now: Timestamp, timeout: Duration) -> HTTPRequest?
    /// Reads the answer to a repair, of status 2xx.
    /// - Returns: the changed webhook as the answer describes it, once for each of its topics; nil if the provider's answers
    ///   describe none.
    /// - Throws: what the answer says instead of success.
    func changed(in answer: JSONValue) throws(ListingFault) -> [Subscription]?
}

extension SubscriptionAPI {
    static var hasOneAddress: Bool { false }
    static var hasSeveralTopics: Bool { false }
    static func canonical(_ topic: String) -> String { topic }

    /// A request of JSON that changes something: it is never sent twice.
    func change(
        _ method: String, _ url: String, _ headers: [(String, String)], _ body: JSONValue, _ timeout: Duration
    ) -> HTTPRequest {
        var request = get(url, headers + [("Content-Type", "application/json")], timeout)
        request.method = method
        request.body = body.serialized()
        request.repeatable = false
        return request
    }
}

/// A webhook as a provider describes it, for one topic.
struct Subscription: Sendable, Hashable {
    /// Its id; nil where the provider has none.
    var id: String?
    /// The topic, as the API names it.
    var topic: String
    /// Where it leads.
    var address: String?
    /// Whether it delivers.
    var status = Status.on
    /// The API version of its deliveries, if the provider says so.
    var version: String?
    /// What the provider says of its last delivery, for people; nil if that went well.
    var trouble: String?

    /// The topic of a webhook that gets every event.
    static let everyTopic = "*"

    /// Whether it delivers, and who has decided that.
    enum Status: Sendable {
        case on
        /// The provider switches webhooks off that fail.
        case disabled
        /// Only a person switches it off.
        case paused
        /// Both do, and the provider does not say which: the history of deliveries decides.
        case off
    }
}

/// A page of registered webhooks.
struct SubscriptionPage: Sendable {
    let subscriptions: [Subscription]
    /// The mark of the next page; nil after the last one.
    var next: String?
}
