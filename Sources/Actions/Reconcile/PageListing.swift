import JSON
import Outbound
import Webhooks

/// A provider's own API. Pure: it says the next request, and reads an answer.
protocol ProviderAPI: Sendable {
    /// Where it is.
    var base: String { get }
    /// The limit of requests that an answer reports in the provider's own way; nil for none.
    func limit(_ response: HTTPResponse, now: Timestamp) -> ListingFault?
    /// When the token ends, if an answer says so.
    func tokenEnd(_ response: HTTPResponse) -> Timestamp?
}

extension ProviderAPI {
    func limit(_ response: HTTPResponse, now: Timestamp) -> ListingFault? { nil }
    func tokenEnd(_ response: HTTPResponse) -> Timestamp? { nil }

    /// The JSON of an answer.
    /// - Throws: the meaning of an answer that is no success, or no JSON.
    func json(_ reply: Result<HTTPResponse, OutboundFailure>, now: Timestamp) throws(ListingFault) -> JSONValue {
        if case .success(let response) = reply, let limit = limit(response, now: now) { throw limit }
        return try ListingFault.json(reply)
    }

    /// A GET; harmless to repeat.
    func get(_ url: String, _ headers: [(String, String)], _ timeout: Duration) -> HTTPRequest {
        HTTPRequest(
            method: "GET", url: url, headers: [.init("Accept", "application/json")] + headers.map { .init($0.0, $0.1) },
            totalTimeout: timeout, responseLimit: 4 << 20, repeatable: true)
    }

    /// A POST of JSON that only reads.
    func post(_ url: String, _ headers: [(String, String)], _ body: JSONValue, _ timeout: Duration) -> HTTPRequest {
        var request = getPage(url, headers + [("Content-Type", "application/json")], timeout)
        request.method = "POST"
        request.body = body.serialized()
        return request
    }

    /// A GET of a page.
    func getPage(_ url: String, _ headers: [(String, String)], _ timeout: Duration) -> HTTPRequest {
        var request = get(url, headers, timeout)
        request.responseLimit = ListingPlace.responseLimit
        return request
    }
}

/// A provider's own API, as far as it lists by pages what happened within a time.
protocol PageListing: ProviderAPI {
    /// What it lists.
    var listed: Listed { get }
    /// How far back it lists, in seconds; nil for everything.
    static var reach: Int64? { get }
    /// The shortest time between two scheduled runs, in seconds, if each run lists everything.
    static var pace: Int64 { get }
    /// The request for the page at a place.
    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest
    /// The page in an answer of status 2xx.
    /// - Parameter header: the value of a field of the answer's head.
    /// - Throws: what the answer says instead.
    func page(
        in answer: JSONValue, _ header: (String) -> String?, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage
    /// The request that asks whether the webhooks are on; nil if the API cannot say.
    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest?
    /// Whether one of them is on, by an answer of status 2xx; nil if it does not say.
    func isWebhookOn(in answer: JSONValue) -> Bool?
}

extension PageListing {
    static var reach: Int64? { nil }
    static var pace: Int64 { 0 }
    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? { nil }
    func isWebhookOn(in answer: JSONValue) -> Bool? { nil }
}

/// What an API lists.
struct Listed: Sendable {
    /// One of them, for people.
    let one: String
    /// Several.
    let many: String
    /// The order of their times.
    let sorting: Sorting

    /// An order of times.
    enum Sorting: Sendable {
        /// By something else, so that neither their order nor the beginning of the window is checked.
        case none
        /// By something else; the beginning of the window is checked.
        case anyOrder
        case oldestFirst
        /// - Parameter slack: the seconds by which a time may be later than the one before.
        case newestFirst(slack: Int64)
    }

    /// Orders, by their last change.
    static let orders = Listed(one: "order", many: "orders", sorting: .oldestFirst)

    /// Products or customers, by their last change.
    static func records(_ kind: RecordKind, sorting: Sorting = .oldestFirst) -> Listed {
        Listed(one: kind.rawValue, many: kind.rawValue + "s", sorting: sorting)
    }

    /// Whether a time may follow in the list.
    /// - Parameter bound: ``bound(_:_:)`` of the times before.
    func isInOrder(_ time: Timestamp, after bound: Timestamp) -> Bool {
        switch sorting {
        case .none, .anyOrder: true
        case .oldestFirst: time >= bound
        case .newestFirst(let slack): time <= bound.advanced(bySeconds: slack)
        }
    }

    /// The time by which the next ones are judged: the last one, or the earliest one.
    func bound(_ before: Timestamp?, _ time: Timestamp) -> Timestamp {
        switch sorting {
        case .none, .anyOrder, .oldestFirst: time
        case .newestFirst: min(before ?? time, time)
        }
    }
}

/// A list whose API gives a token for each run.
protocol SignedInListing: PageListing {
    /// Whether it has a token.
    var isSignedIn: Bool { get }
    /// The request for one.
    func signIn(timeout: Duration) -> HTTPRequest
    /// The same with the token of an answer; nil if that has none.
    func signedIn(by answer: JSONValue) -> Self?
}
