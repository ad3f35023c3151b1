import Crypto
import JSON
public import Settings
import Webhooks

/// The trace of an event, and the ids of its spans. All of it follows from what is stored, so that a span has the same ids
/// however often it is sent, and in every process.
public struct EventTrace: Sendable, Hashable {
    /// The trace: that of the sender, else nginx's id of the request, which is in nginx's log, too.
    public let traceID: String
    /// The sender's span; nil if it sent none.
    public let parentID: String?
    /// Whether the sender's own tracing left its trace out.
    private let isLeftOut: Bool
    private let eventID: Int64

    /// The trace of one event.
    /// - Parameters:
    ///   - parents: the fields traceparent of the delivery, a JSON array of their values; nil for none. Several are as good as
    ///     none.
    ///   - requestID: nginx's id of the request.
    public init(parents: String?, requestID: String, eventID: Int64) {
        self.eventID = eventID
        let values = parents.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?.array ?? []
        if values.count == 1, let parent = values[0].string.flatMap({ TraceParent(String($0.trimmed)) }) {
            traceID = parent.traceID
            parentID = parent.spanID
            isLeftOut = !parent.isSampled
            return
        }
        (parentID, isLeftOut) = (nil, false)
        // What was imported, fetched or made by other web servers may have an id of another form.
        traceID = TraceParent.isTraceID(requestID) ? requestID : Self.id("trace", [requestID, "\(eventID)"], bytes: 16)
    }

    /// The span of the delivery.
    public var deliverySpan: String { Self.id("delivery", [traceID, "\(eventID)"], bytes: 8) }

    /// The span of an attempt at a job.
    /// - Parameter attempt: `job_attempts.attempt`.
    public func attemptSpan(_ job: Int64, _ attempt: Int) -> String {
        Self.id("attempt", [traceID, "\(job)", "\(attempt)"], bytes: 8)
    }

    /// Whether its spans are sent.
    public func isSampled(_ sampler: TelemetrySettings.Sampler) -> Bool { sampler == .all || !isLeftOut }

    private static func id(_ kind: String, _ parts: [String], bytes: Int) -> String {
        let text = ([kind] + parts).joined(separator: "\n")
        return Hex.encode(Array(Digest.sha256.hash(Array(text.utf8)).prefix(bytes)))
    }
}
