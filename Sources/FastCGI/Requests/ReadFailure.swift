/// Why a body could not be read. A request with such a body never reaches `RequestHandler.handle`.
public enum ReadFailure: Error, Equatable, Sendable {
    /// The body ended, the peer went away or stalled before its end. Both counts are bytes.
    case truncated(expected: Int, received: Int)
    /// The declared body is longer than the handler allows, in bytes.
    case tooLarge(limit: Int)
    /// CONTENT_LENGTH is not a number of bytes, or was sent twice.
    case badContentLength
    /// The peer sent more than CONTENT_LENGTH, or a body without CONTENT_LENGTH (`expected` is 0 then).
    case longerThanDeclared(expected: Int)

    /// The status to answer with (RFC 9110): 413 for a body over the limit, else 400.
    public var status: Int {
        switch self {
        case .tooLarge: 413
        case .truncated, .badContentLength, .longerThanDeclared: 400
        }
    }
}
