/// A complete request. Everything is copied: it stays valid after the connection is closed.
public struct Request: Sendable {
    /// The parameters of the web server.
    public let parameters: Parameters
    /// The body, exactly as sent, CONTENT_LENGTH bytes long.
    public let body: [UInt8]

    /// Makes a request; for the server, and for tests without a web server.
    public init(parameters: Parameters, body: [UInt8]) {
        self.parameters = parameters
        self.body = body
    }

    /// `POST`. Empty when the web server did not send it, as with every property below.
    public var method: String { parameters["REQUEST_METHOD"] ?? "" }
    /// Path and query as the client wrote them: `/webhook/tiktok?shop=1`.
    public var requestURI: String { parameters["REQUEST_URI"] ?? "" }
    /// The part of `requestURI` before the first "?", not decoded.
    public var path: String {
        let uri = requestURI
        guard let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?")) else { return uri }
        return String(uri[..<mark])
    }
    /// The part after the "?", not decoded.
    public var queryString: String { parameters["QUERY_STRING"] ?? "" }
    /// The header Content-Type.
    public var contentType: String { parameters["CONTENT_TYPE"] ?? "" }
    /// The client's address: `203.0.113.9` or `2001:db8::1`, or `unix:`.
    public var remoteAddress: String { parameters["REMOTE_ADDR"] ?? "" }
    /// `http` or `https`.
    public var scheme: String { parameters["REQUEST_SCHEME"] ?? "" }
    /// The requested host.
    public var host: String { parameters["HTTP_HOST"] ?? "" }
    /// The web server's id of this request, to find it in both logs ($request_id of nginx).
    public var requestID: String { parameters["REQUEST_ID"] ?? "" }
}
