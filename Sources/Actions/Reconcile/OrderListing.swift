import JSON
import Jobs
import Outbound
import Providers
import Webhooks

/// A shop system's own API, as far as it lists the orders that changed within a time. Pure: it says the next request, and
/// reads an answer.
protocol OrderListing: OrderAPI {
    /// The request for the page at a place.
    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest
    /// The page in an answer of status 2xx.
    /// - Throws: what the answer says instead.
    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage
    /// The header fields that a webhook about the order would have.
    /// - Parameter isNew: whether the ledger does not have the order.
    func headers(of order: JSONValue, isNew: Bool) -> HeaderFields
    /// The request that asks whether webhooks of orders are on; nil if the API cannot say.
    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest?
    /// Whether one of them is on, by an answer of status 2xx; nil if it does not say.
    func isWebhookOn(in answer: JSONValue) -> Bool?
}

extension OrderListing {
    func headers(of order: JSONValue, isNew: Bool) -> HeaderFields { headers }
    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? { nil }
    func isWebhookOn(in answer: JSONValue) -> Bool? { nil }

    /// A POST of JSON that only reads.
    func post(_ url: String, _ headers: [(String, String)], _ body: JSONValue, _ timeout: Duration) -> HTTPRequest {
        var request = get(url, headers + [("Content-Type", "application/json")], timeout)
        request.method = "POST"
        request.body = body.serialized()
        request.responseLimit = ListingPlace.responseLimit
        return request
    }

    /// A GET of a page.
    func getPage(_ url: String, _ headers: [(String, String)], _ timeout: Duration) -> HTTPRequest {
        var request = get(url, headers, timeout)
        request.responseLimit = ListingPlace.responseLimit
        return request
    }
}

/// A place in the list of the orders that changed within a time.
struct ListingPlace: Sendable, Hashable {
    /// The first moment of that time.
    let since: Timestamp
    /// The first moment after it.
    let until: Timestamp
    /// The API's own mark of the page; nil for the first one.
    var cursor: String?

    /// The first page of the same list.
    var first: ListingPlace { ListingPlace(since: since, until: until) }

    /// The largest page, in bytes.
    static let responseLimit = 32 << 20
    /// The orders on a page.
    static let pageSize = 100
}

/// One order of a page.
struct ListedOrder: Sendable {
    /// The provider's id.
    let id: String
    /// The provider's own time of the last change.
    let changedAt: Timestamp
    /// The whole order; nil if the list has only its id and its time, so that it must be fetched.
    var body: JSONValue?
}

/// One page of orders, in the order of their last changes.
struct ListingPage: Sendable {
    /// The orders.
    let orders: [ListedOrder]
    /// The mark of the next page; nil after the last one.
    var next: String?
    /// Whether the next page begins another list, with its own times.
    var startsOver = false
    /// How long to wait before the next request, in milliseconds.
    var pause: Int64 = 0
}

/// Why there is no page.
enum ListingFault: Error, Sendable, Hashable {
    /// The API refuses the token.
    case tokenRefused(String)
    /// The API refuses what the token may not do, or there is none.
    case unauthorized(String)
    /// There were too many requests; the wait in milliseconds, if the API names one.
    case limited(after: Int64?, String)
    /// The API cannot be reached, or has a fault of its own.
    case unavailable(String)
    /// The answer cannot be right.
    case badAnswer(String)

    /// The reason, for people.
    var reason: String {
        switch self {
        case .tokenRefused(let reason), .unauthorized(let reason), .limited(_, let reason), .unavailable(let reason),
            .badAnswer(let reason):
            reason
        }
    }

    /// `reconciliations.state`
    var state: String {
        switch self {
        case .tokenRefused, .unauthorized: "unauthorized"
        case .limited: "limited"
        case .unavailable: "unavailable"
        case .badAnswer: "bad_answer"
        }
    }
}

extension ListingFault {
    /// The JSON of an answer.
    /// - Throws: the meaning of an answer that is no success, or no JSON.
    static func json(_ reply: Result<HTTPResponse, OutboundFailure>) throws(ListingFault) -> JSONValue {
        switch reply {
        case .failure(let failure):
            if let status = failure.status, status >= 300 { throw ListingFault(status, { _ in nil }, failure.message) }
            throw failure.kind == .tooLarge
                ? .badAnswer(failure.description) : .unavailable(failure.description)
        case .success(let response):
            let answer = try? JSONValue(parsing: response.body)
            guard (200..<300).contains(response.status) else {
                let detail =
                    answer?["message"]?.string ?? answer?["errors"]?.string
                    ?? AnswerJudgement.excerpt(response.text)
                throw ListingFault(response.status, response.header, detail)
            }
            if response.status == 204 { return .null }
            guard let answer else { throw .badAnswer("answered \(response.status), but no JSON") }
            return answer
        }
    }

    private init(_ status: Int, _ header: (String) -> String?, _ detail: String) {
        let reason = "answered \(status)" + (detail.isEmpty ? "" : ": \(detail)")
        self =
            switch status {
            case 401: .tokenRefused(reason)
            case 403: .unauthorized(reason)
            case 429:
                // BigCommerce has a field of its own.
                .limited(
                    after: RetryAfter.milliseconds(header)
                        ?? header("x-rate-limit-time-reset-ms").flatMap { Int64($0) },
                    reason)
            case 408, 425, 500...599: .unavailable(reason)
            default: .badAnswer(reason)
            }
    }
}

extension ListingFault {
    /// The end of an attempt at a job whose answer it is.
    var outcome: Outcome {
        switch self {
        case .unauthorized(let reason), .tokenRefused(let reason): OrderAccess.waiting(reason)
        case .limited(let wait, let reason): .retry(after: wait, counted: false, reason: reason)
        case .unavailable(let reason), .badAnswer(let reason): .retry(counted: true, reason: reason)
        }
    }
}

extension JSONValue {
    /// The elements of a page's list.
    func elements(_ name: String) throws(ListingFault) -> [JSONValue] {
        guard let list = self[name]?.array else { throw .badAnswer("the answer has no list \(name)") }
        return list
    }
}

extension ListedOrder {
    /// - Throws: if the order has no id or no time.
    init(_ body: JSONValue, id: JSONValue?, changedAt: Timestamp?, isWhole: Bool = true) throws(ListingFault) {
        let text = id?.string ?? id?.integer.map(String.init)
        guard let text, !text.isEmpty else { throw .badAnswer("an order has no id") }
        guard let changedAt else { throw .badAnswer("the order \(text) has no time of its last change") }
        self.init(id: text, changedAt: changedAt, body: isWhole ? body : nil)
    }
}
