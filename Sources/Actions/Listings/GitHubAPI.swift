import Crypto
import JSON
import Outbound
import Settings
import Webhooks

/// GitHub's webhooks of one repository or organization, and their deliveries of the last three days, newest first.
///
/// The first page lists the webhooks. The pages after it are those of each webhook that leads to the source.
/// Source: https://docs.github.com/en/rest/repos/webhooks, https://docs.github.com/en/rest/orgs/webhooks,
/// https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks
struct GitHubAPI: RedeliveryListing {
    let base: String
    let accessToken: SecretBytes
    let owner: Owner
    /// The payload URL of the webhook.
    let hookURL: String

    static let defaultBase = "https://api.github.com"
    /// Attempts that end at one moment may be listed in either order.
    let listed = Listed(one: "delivery", many: "deliveries", sorting: .newestFirst(slack: 60))
    static let reach: Int64? = 3 * 86_400

    /// Who has the webhook.
    enum Owner {
        case repository(owner: String, name: String)
        case organization(String)

        init?(_ settings: ActionSettings) {
            if let organization = settings.text("organization") {
                self = .organization(organization)
                return
            }
            let parts = settings.text("repository")?.split(separator: "/").map(String.init) ?? []
            guard parts.count == 2 else { return nil }
            self = .repository(owner: parts[0], name: parts[1])
        }

        /// The path of its API.
        var path: String {
            switch self {
            case .repository(let owner, let name): "/repos/\(PercentText.encode(owner))/\(PercentText.encode(name))"
            case .organization(let name): "/orgs/\(PercentText.encode(name))"
            }
        }
    }

    /// The webhooks whose deliveries are still to be listed, and the place in those of the first.
    private struct Mark {
        var hooks: [String]
        var cursor: String?

        var text: String { hooks.joined(separator: ",") + (cursor.map { " \($0)" } ?? "") }

        init(hooks: [String], cursor: String? = nil) {
            self.hooks = hooks
            self.cursor = cursor
        }

        init?(_ text: String?) {
            guard let parts = text?.split(separator: " ", maxSplits: 1), let first = parts.first else { return nil }
            hooks = first.split(separator: ",").map(String.init)
            guard !hooks.isEmpty, hooks.allSatisfy({ Int64($0) != nil }) else { return nil }
            cursor = parts.count > 1 ? String(parts[1]) : nil
        }

        /// The mark of the next webhook; nil after the last one.
        var following: String? { hooks.count > 1 ? Mark(hooks: Array(hooks.dropFirst())).text : nil }
    }

    var hooks: String { base.withoutTrailingSlash + owner.path + "/hooks" }
    var headers: [(String, String)] {
        [
            ("Authorization", "Bearer " + accessToken.text), ("X-GitHub-Api-Version", "2022-11-28"),
            ("User-Agent", "hookledger"),
        ]
    }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        guard let mark = Mark(place.cursor), let hook = mark.hooks.first else { return hookList(timeout) }
        let cursor = mark.cursor.map { "&cursor=\($0)" } ?? ""
        return getPage("\(hooks)/\(hook)/deliveries?per_page=\(ListingPlace.pageSize)\(cursor)", headers, timeout)
    }

    private func hookList(_ timeout: Duration) -> HTTPRequest {
        getPage("\(hooks)?per_page=\(ListingPlace.pageSize)", headers, timeout)
    }

    func page(
        in answer: JSONValue, _ header: (String) -> String?, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage {
        guard let list = answer.array else { throw .badAnswer("the answer is no list") }
        guard let mark = Mark(place.cursor) else {
            let own = list.filter { $0["config"]?["url"]?.string == hookURL }.compactMap { $0["id"]?.identifier }
            guard !own.isEmpty else { throw .badAnswer("no webhook leads to \(hookURL)") }
            return ListingPage(orders: [], next: Mark(hooks: own).text, startsOver: true)
        }
        var deliveries: [ListedOrder] = []
        var isPast = false
        for attempt in list {
            let time = attempt["delivered_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
            guard let id = attempt["id"]?.identifier else { throw .badAnswer("a delivery has no id") }
            let status = attempt["status_code"]?.integer ?? 0
            let delivery = ListedDelivery(
                type: attempt["event"]?.string ?? "", status: status == 0 ? nil : Int(status),
                words: attempt["status"]?.string ?? "", redelivery: "\(mark.hooks[0])/deliveries/\(id)")
            let entry = try ListedOrder(delivery.body, id: attempt["guid"], changedAt: time, of: listed)
            if entry.changedAt < place.since { isPast = true }
            // The ping tests an address; it is no event.
            guard entry.changedAt >= place.since, entry.changedAt < place.until, delivery.type != "ping" else {
                continue
            }
            deliveries.append(entry)
        }
        if !isPast, let cursor = try Self.nextCursor(header("link")) {
            return ListingPage(orders: deliveries, next: Mark(hooks: mark.hooks, cursor: cursor).text)
        }
        return ListingPage(orders: deliveries, next: mark.following, startsOver: mark.following != nil)
    }

    /// The cursor of the link with `rel="next"` (RFC 8288), as it is written in a query; nil without one.
    static func nextCursor(_ link: String?) throws(ListingFault) -> String? {
        guard let next = link?.split(separator: ",").first(where: { $0.contains("rel=\"next\"") }) else { return nil }
        let address = next.split(separator: ">").first ?? ""
        let query = address.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let cursor = query.split(separator: "&").first { $0.hasPrefix("cursor=") }?.dropFirst("cursor=".count) ?? ""
        guard !cursor.isEmpty, cursor.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw .badAnswer("the link to the next page has no cursor")
        }
        return String(cursor)
    }

    func redeliver(_ redelivery: String, timeout: Duration) -> HTTPRequest {
        var request = get("\(hooks)/\(redelivery)/attempts", headers, timeout)
        request.method = "POST"
        request.repeatable = false
        return request
    }

    /// 403 or 429: `x-ratelimit-remaining: 0` with the time of the next request, or a Retry-After.
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
    func limit(_ response: HTTPResponse, now: Timestamp) -> ListingFault? {
        guard response.status == 403 || response.status == 429 else { return nil }
        let reason = "answered \(response.status): too many requests"
        if let wait = RetryAfter.milliseconds(response.header) { return .throttled(wish: wait, reason) }
        if response.header("x-ratelimit-remaining") == "0",
            let reset = response.header("x-ratelimit-reset").flatMap({ Int64($0) })
        {
            return .throttled(wish: max(1, min(max(reset, 0), 1 << 40) - now.seconds) * 1000, reason)
        }
        return nil
    }

    /// Tokens with an end have it in every answer: `2027-03-01 08:30:00 UTC`, or with an offset such as `-0800`.
    /// Source: https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
    func tokenEnd(_ response: HTTPResponse) -> Timestamp? {
        let parts = (response.header("github-authentication-token-expiration") ?? "").split(separator: " ")
        guard parts.count == 3 else { return nil }
        let zone = parts[2] == "UTC" ? "Z" : "\(parts[2].prefix(3)):\(parts[2].dropFirst(3))"
        return Timestamp(rfc3339: "\(parts[0])T\(parts[1])\(zone)")
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? { hookList(timeout) }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        answer.array.map { hooks in
            hooks.contains { $0["config"]?["url"]?.string == hookURL && $0["active"]?.bool == true }
        }
    }
}
