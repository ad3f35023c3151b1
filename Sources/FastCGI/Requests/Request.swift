/// A request that was read to its end. Everything is copied: it stays valid when the connection is gone.
public struct Request: Sendable {
    /// What the web server sent about the request.
    public let parameters: Parameters
    /// The whole body, exactly as sent; as long as CONTENT_LENGTH said.
    public let body: [UInt8]

    /// Makes a request; the server does, and tests that have no web server.
    public init(parameters: Parameters, body: [UInt8]) {
        self.parameters = parameters
        self.body = body
    }

    /// `POST`. Empty when the web server did not send it, as with every property below.
    public var method: String { parameters["REQUEST_METHOD"] ?? "" }
    /// Path and query as the client wrote them: `/webhook/tiktok?shop=1`.
    public var requestURI: String { parameters["REQUEST_URI"] ?? "" }
    /// The part of `requestURI` before the first "?", not decoded.
    public var path: String { String(requestURI.prefix { $0 != "?" }) }
    /// What follows the "?", not decoded.
    public var queryString: String { parameters["QUERY_STRING"] ?? "" }
    /// The header Content-Type.
    public var contentType: String { parameters["CONTENT_TYPE"] ?? "" }
    /// The client's address: `203.0.113.9` or `2001:db8::1`, or `unix:`.
    public var remoteAddress: String { parameters["REMOTE_ADDR"] ?? "" }
    /// `http` or `https`.
    public var scheme: String { parameters["REQUEST_SCHEME"] ?? "" }
    /// The host that the client asked for.
    public var host: String { parameters["HTTP_HOST"] ?? "" }
    /// The web server's own name for this request, to find it in both logs ($request_id of nginx).
    public var requestID: String { parameters["REQUEST_ID"] ?? "" }
}
