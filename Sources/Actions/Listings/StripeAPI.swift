import Crypto
import JSON
import Outbound
import Providers
import Webhooks

/// Stripe's events, by the time of their creation, newest first. Stripe keeps them for 30 days, in the API version of their
/// creation.
/// Source: https://docs.stripe.com/api/events/list, https://docs.stripe.com/api/pagination,
/// https://docs.stripe.com/rate-limits
struct StripeAPI: EventListing {
    let provider: any Provider
    let base: String
    let accessToken: SecretBytes
    /// The connected account whose events are listed; nil for the account of the key.
    let account: String?
    /// The types that are compared; a star stands for any text.
    let types: [String]
    /// Whether only events without a successful delivery are listed.
    let onlyUndelivered: Bool

    static let defaultBase = "https://api.stripe.com"
    let listed = Listed(one: "event", many: "events", sorting: .newestFirst(slack: 0))
    static let reach: Int64? = 30 * 86_400

    /// The most exact types that the API takes.
    private static let mostTypes = 20

    /// As the account of the key.
    var authorization: [(String, String)] { [("Authorization", "Bearer " + accessToken.text)] }
    private var headers: [(String, String)] { authorization + (account.map { [("Stripe-Account", $0)] } ?? []) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        var query = [
            ("limit", String(ListingPlace.pageSize)), ("created[gte]", String(place.since.seconds)),
            ("created[lt]", String(place.until.seconds)),
        ]
        if let cursor = place.cursor { query.append(("starting_after", cursor)) }
        if onlyUndelivered { query.append(("delivery_success", "false")) }
        if types.count == 1, let type = types.first {
            if type != "*" { query.append(("type", type)) }
        } else if types.count <= Self.mostTypes, !types.contains(where: { $0.contains("*") }) {
            query += types.map { ("types[]", $0) }
        }
        let text = query.map { "\(PercentText.encode($0.0))=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return getPage("\(base.withoutTrailingSlash)/v1/events?\(text)", headers, timeout)
    }

    func page(
        in answer: JSONValue, _ header: (String) -> String?, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage {
        let data = try answer.elements("data")
        guard let hasMore = answer["has_more"]?.bool else { throw .badAnswer("the answer has no has_more") }
        var events: [ListedOrder] = []
        for event in data {
            let time = event["created"]?.integer.flatMap { Timestamp(seconds: $0) }
            let entry = try ListedOrder(named(event), id: event["id"], changedAt: time, of: listed)
            if let type = event["type"]?.string, isCompared(type) { events.append(entry) }
        }
        guard hasMore else { return ListingPage(orders: events) }
        guard let last = data.last?["id"]?.string else {
            throw .badAnswer("there is a next page, but this one is empty")
        }
        return ListingPage(orders: events, next: last)
    }

    /// A connected account's own list does not name the account, its webhooks do.
    private func named(_ event: JSONValue) -> JSONValue {
        guard let account, var object = event.object, event["account"] == nil else { return event }
        object["account"] = .string(account)
        return .object(object)
    }

    private func isCompared(_ type: String) -> Bool {
        types.contains { pattern in
            let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return pattern == type }
            return type.hasPrefix(parts[0]) && type.hasSuffix(parts[1]) && type.count >= pattern.count - 1
        }
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? {
        subscriptions(nil, now: now, timeout: timeout)
    }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        answer["data"]?.array.map { endpoints in endpoints.contains { $0["status"]?.string == "enabled" } }
    }
}
