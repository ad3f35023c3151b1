/// The failure of a request without a complete answer.
public struct OutboundFailure: Error, Sendable, Hashable {
    /// The kinds of failure; the raw value is what logs and `job_attempts` hold.
    public enum Kind: String, Sendable, CaseIterable {
        /// The request is malformed (URL, scheme, header).
        case invalidRequest = "invalid_request"
        /// The address guard refused the destination.
        case guarded
        /// The host's name could not be resolved.
        case nameLookup = "name_lookup"
        /// No connection: refused, unreachable.
        case unreachable
        /// The TLS handshake or the certificate failed.
        case tls
        /// The server refuses both these credentials and a session without any.
        case login
        /// `connectTimeout` or `totalTimeout` ran out.
        case timeout
        /// The answer was larger than its limit.
        case tooLarge = "too_large"
        /// The connection broke before the answer was whole.
        case reset
        /// The answer is not HTTP.
        case garbage
        /// The client has as many requests in flight as it may.
        case busy
        /// The caller gave the request up.
        case cancelled
        /// Anything else libcurl reports; the message names it.
        case other
    }

    /// Whether the receiver may have seen the request, which decides if an effect can have happened.
    public enum Reach: String, Sendable {
        /// Not one byte of the request left: nothing can have happened.
        case notSent = "not_sent"
        /// Bytes of the request may have reached the server: it may have acted on them.
        case mayHaveBeenSent = "may_have_been_sent"
    }

    /// What kind of failure.
    public let kind: Kind
    /// Whether the receiver may have seen the request.
    public let reach: Reach
    /// For a person; holds no URL and no secret.
    public let message: String
    /// Microseconds from the start to the first byte out; nil when none left.
    public let firstByteAfter: Int64?
    /// The status of the answer, when its whole header came and only its body failed (too large, cut off): the server
    /// has then said whether it acted.
    public let status: Int?

    /// A failure with those parts.
    public init(_ kind: Kind, _ reach: Reach, _ message: String, firstByteAfter: Int64? = nil, status: Int? = nil) {
        self.kind = kind
        self.reach = reach
        self.message = message
        self.firstByteAfter = firstByteAfter
        self.status = status
    }
}

extension OutboundFailure: CustomStringConvertible {
    /// Kind, message and reach in one line.
    public var description: String { "\(kind.rawValue): \(message) (\(reach.rawValue))" }
}
