import Jobs
import Settings

/// A span of a trace, as OpenTelemetry defines it
/// (https://opentelemetry.io/docs/specs/otel/trace/api/#span). Holds no body, no secret and nothing about a person.
struct Span: Sendable, Hashable {
    /// Its role among the others; the raw value is that of the protocol.
    enum Kind: Int64, Sendable {
        case inside = 1
        case server = 2
        case client = 3
        case consumer = 5
    }

    enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int64)
    }

    let traceID: String
    let spanID: String
    let parentID: String?
    /// Whether the parent is a span of another system.
    let isParentRemote: Bool
    let name: String
    let kind: Kind
    /// Microseconds since 1970.
    let start: Int64
    let end: Int64
    let attributes: [(name: String, value: Value)]
    let isFailed: Bool

    static func == (a: Span, b: Span) -> Bool { a.spanID == b.spanID && a.traceID == b.traceID }

    func hash(into hasher: inout Hasher) { hasher.combine(spanID) }
}

/// A stored delivery, as far as its span needs it.
struct DeliveryFacts: Sendable {
    let eventID: Int64
    let trace: EventTrace
    let receivedAt: Int64
    /// When it was stored, as far as that is known; not before its receipt.
    let storedAt: Int64
    let source: String
    let provider: String
    let type: String
    let origin: String
    let method: String
    let verification: String
    let disposition: String
    let requestID: String

    /// Whether somebody sent it to us; else we fetched, imported or made it.
    private var isDelivery: Bool { ["delivery", "spool", "released"].contains(origin) }

    /// From the receipt of the whole request to its storage. The path is left out: some senders' paths hold a secret. The status
    /// of the answer is not stored: it is 2xx, unless the commit came after a 503.
    var span: Span {
        var attributes: [(name: String, value: Span.Value)] = [
            ("hookledger.event.id", .integer(eventID)), ("hookledger.source", .text(source)),
            ("hookledger.provider", .text(provider)), ("hookledger.event.type", .text(type)),
            ("hookledger.origin", .text(origin)), ("hookledger.verification", .text(verification)),
            ("hookledger.disposition", .text(disposition)), ("hookledger.request_id", .text(requestID)),
        ]
        if isDelivery { attributes.append(("http.request.method", .text(method))) }
        return Span(
            traceID: trace.traceID, spanID: trace.deliverySpan, parentID: trace.parentID, isParentRemote: true,
            name: "\(isDelivery ? "receive" : origin) \(source)", kind: isDelivery ? .server : .inside,
            start: receivedAt, end: max(receivedAt, storedAt), attributes: attributes, isFailed: false)
    }
}

/// A finished attempt at a job, as far as its span needs it.
struct AttemptFacts: Sendable {
    let jobID: Int64
    let attempt: Int
    let action: String
    let kind: String
    let rule: String
    let eventID: Int64
    let trace: EventTrace
    let startedAt: Int64
    let finishedAt: Int64
    let outcome: String
    /// Host and port.
    let destination: String?
    let status: Int?

    /// The whole attempt: what was asked of the destination is below it. The reason of a failure is left out: it may quote what a
    /// destination answered.
    var span: Span {
        let isFailed = !["done", "skipped"].contains(outcome)
        var attributes: [(name: String, value: Span.Value)] = [
            ("hookledger.event.id", .integer(eventID)), ("hookledger.job.id", .integer(jobID)),
            ("hookledger.job.attempt", .integer(Int64(attempt))), ("hookledger.job.outcome", .text(outcome)),
            ("hookledger.action", .text(action)), ("hookledger.action.kind", .text(kind)),
            ("hookledger.rule", .text(rule)),
        ]
        if let destination, let colon = destination.lastIndex(of: ":") {
            let host = String(destination[..<colon].drop { $0 == "[" }.prefix { $0 != "]" })
            attributes.append(("server.address", .text(host)))
            if let port = Int64(destination[destination.index(after: colon)...]) {
                attributes.append(("server.port", .integer(port)))
            }
        }
        if let status { attributes.append(("http.response.status_code", .integer(Int64(status)))) }
        if isFailed {
            let isStatus = status.map { $0 >= 400 } ?? false
            attributes.append(("error.type", .text(isStatus ? "\(status ?? 0)" : outcome)))
        }
        return Span(
            traceID: trace.traceID, spanID: trace.attemptSpan(jobID, attempt), parentID: trace.deliverySpan,
            isParentRemote: false, name: "\(kind) \(action)", kind: destination == nil ? .consumer : .client,
            start: startedAt, end: max(startedAt, finishedAt), attributes: attributes, isFailed: isFailed)
    }
}
