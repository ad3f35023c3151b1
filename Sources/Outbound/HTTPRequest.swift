import Platform

/// One HTTP request to an outside service.
public struct HTTPRequest: Sendable, Hashable {
    /// A header field.
    public struct Header: Sendable, Hashable {
        /// The name, a token of RFC 9110 section 5.1.
        public var name: String
        /// The value: no CR, LF or NUL.
        public var value: String

        /// A field of that name and value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method, such as `POST`; sent as written.
    public var method: String
    /// An absolute `https:` or `http:` URL. May hold a secret (Slack): never log it, log `HTTPRequest.destination`.
    public var url: String
    /// Header fields beside those that the client sets (Host, Content-Length, User-Agent unless given here).
    public var headers: [Header]
    /// The body; nil sends none.
    public var body: [UInt8]?
    /// The time for a connection, TLS included.
    public var connectTimeout: Duration
    /// The time for the whole answer, name look-up and connecting included.
    public var totalTimeout: Duration
    /// How many bytes of answer body are taken; one more fails the request and drops the connection.
    public var responseLimit: Int
    /// Whether the receiver treats a repeated request as one.
    ///
    /// Only then is a kept connection used, because libcurl resends a request by itself, even a POST, if a kept
    /// connection turns out to be closed before any byte of the answer.
    public var repeatable: Bool

    /// A request of those parts.
    /// - Parameters:
    ///   - connectTimeout: nil for 5 s, or the total time if that is shorter.
    ///   - responseLimit: in bytes.
    public init(
        method: String, url: String, headers: [Header] = [], body: [UInt8]? = nil, connectTimeout: Duration? = nil,
        totalTimeout: Duration = .seconds(15), responseLimit: Int = 65_536, repeatable: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout ?? min(.seconds(5), totalTimeout)
        self.totalTimeout = totalTimeout
        self.responseLimit = responseLimit
        self.repeatable = repeatable
    }

    /// Host and port of the URL, such as `hooks.slack.com:443`: what logs and `job_attempts` may show.
    /// - Returns: nil when the URL cannot be read.
    public var destination: String? { RequestTarget(url: url)?.description }

    /// Why this cannot be sent; nil if it can.
    package var flaw: String? {
        if !method.isHTTPToken { return "the method is no token" }
        for header in headers {
            if !header.name.isHTTPToken { return "a header name is no token" }
            if header.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) {
                return "the value of header \(header.name) holds a line break or NUL"
            }
        }
        if url.utf8.contains(0) { return "the URL holds NUL" }
        return nil
    }
}
