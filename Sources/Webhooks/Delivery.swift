/// One HTTP request to a hook path, as received: nothing in it has been proven yet.
public struct Delivery: Sendable {
    /// nginx's `$request_id`, 32 hexadecimal digits; joins log lines, the stored event and nginx's own log.
    public var requestID: String
    /// The time the responder had read the complete request.
    public var receivedAt: Timestamp
    /// The request method in upper case.
    public var method: String
    /// `https` or `http`.
    public var scheme: String
    /// The host according to nginx (`$host`), with a port if the client named one.
    public var host: String
    /// The path, without the query, as sent.
    public var path: String
    /// What follows `?`, as sent and without it; empty when absent.
    public var query: String
    /// The header fields.
    public var headers: HeaderFields
    /// The raw body: what a signature covers.
    public var body: [UInt8]
    /// The peer's address as nginx saw it.
    public var remoteAddress: String

    /// A delivery with the given parts.
    public init(
        requestID: String, receivedAt: Timestamp, method: String = "POST", scheme: String = "https",
        host: String = "localhost", path: String, query: String = "", headers: HeaderFields, body: [UInt8],
        remoteAddress: String = ""
    ) {
        self.requestID = requestID
        self.receivedAt = receivedAt
        self.method = method
        self.scheme = scheme
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// The URL as the sender wrote it, for the schemes that sign it.
    public var url: String {
        "\(scheme)://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)")
    }
}
