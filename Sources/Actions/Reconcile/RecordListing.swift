import JSON
import Jobs
import Ledger
import Outbound
import Providers
import Webhooks

/// A shop system's own API, as far as it lists the orders, products or customers that changed within a time. Pure: it says the
/// next request, and reads an answer.
protocol RecordListing: PageListing {
    /// What it lists.
    var kind: RecordKind { get }
    /// Whether webhooks name what changed. Otherwise every change is found by a comparison.
    var isToldByWebhooks: Bool { get }
    /// The contract by which what it gives is read.
    var provider: any Provider { get }
    /// The page in an answer of status 2xx.
    /// - Throws: what the answer says instead.
    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage
    /// The header fields that a webhook about the record would have.
    /// - Parameter isNew: whether the ledger does not have the record.
    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields
}

extension RecordListing {
    var kind: RecordKind { .order }
    var listed: Listed { .orders }
    var isToldByWebhooks: Bool { true }

    func page(
        in answer: JSONValue, _ header: (String) -> String?, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage {
        try page(in: answer, at: place)
    }
}

extension RecordListing where Self: OrderAPI {
    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields { headers }
}

/// A place in the list of what happened within a time.
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
    /// The entries on a page.
    static let pageSize = 100
}

/// One entry of a page: a record, an event, or a delivery.
struct ListedOrder: Sendable {
    /// The provider's id.
    let id: String
    /// The provider's own time: of a record's last change, of an event, of the attempt at a delivery.
    let changedAt: Timestamp
    /// The whole entry; nil if the list has only a record's id and its time, so that it must be fetched.
    var body: JSONValue?
    /// The status and stage by which an order is compared, if its time does not tell every change.
    var state: (status: String?, stage: String?)?
}

/// One page, in the order of its times.
struct ListingPage: Sendable {
    /// Its entries.
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
            guard (200..<300).contains(response.status) else {
                throw ListingFault(response.status, response.header, words(of: response))
            }
            if response.status == 204 { return .null }
            guard let answer = try? JSONValue(parsing: response.body) else {
                throw .badAnswer("answered \(response.status), but no JSON")
            }
            return answer
        }
    }

    /// What an answer that is no success says, for people.
    static func words(of response: HTTPResponse) -> String {
        let answer = try? JSONValue(parsing: response.body)
        return answer?["message"]?.string ?? answer?["errors"]?.string ?? answer?["error"]?["message"]?.string
            ?? AnswerJudgement.excerpt(response.text)
    }

    /// Too many requests.
    /// - Parameter wish: the wait in milliseconds that the API asks for, as the answer has it; nil for none.
    static func throttled(wish: Int64?, _ reason: String) -> ListingFault {
        .limited(after: wish.map { min(max($0, 0), ReconcileLease.longestWait / 1000) }, reason)
    }

    /// A redirect, for people. Nothing secret is shown of its address.
    private static func redirect(_ status: Int, to location: String?) -> String {
        let address = location.map { ", which leads to \(RegisteredWebhooks.withoutSecrets($0))" } ?? ""
        return "answered \(status)\(address): redirects are not followed; configure the new URL"
    }

    private init(_ status: Int, _ header: (String) -> String?, _ detail: String) {
        let reason = "answered \(status)" + (detail.isEmpty ? "" : ": \(detail)")
        self =
            switch status {
            case 401: .tokenRefused(reason)
            case 403: .unauthorized(reason)
            case 429:
                // BigCommerce has a field of its own.
                .throttled(
                    wish: RetryAfter.milliseconds(header)
                        ?? header("x-rate-limit-time-reset-ms").flatMap { Int64($0) },
                    reason)
            case 408, 425, 500...599: .unavailable(reason)
            case 300..<400: .badAnswer(Self.redirect(status, to: header("location")))
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
    /// - Throws: if the entry has no id or no time.
    init(
        _ body: JSONValue, id: JSONValue?, changedAt: Timestamp?, isWhole: Bool = true, of listed: Listed = .orders
    ) throws(ListingFault) {
        let text = id?.string ?? id?.integer.map(String.init)
        guard let text, !text.isEmpty else { throw .badAnswer("one of the \(listed.many) has no id") }
        guard let changedAt else { throw .badAnswer("the \(listed.one) \(text) has no time") }
        self.init(id: text, changedAt: changedAt, body: isWhole ? body : nil)
    }
}
