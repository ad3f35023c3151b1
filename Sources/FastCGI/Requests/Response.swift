/// An answer to a request.
public struct Response: Sendable {
    /// The HTTP status; one outside 100–599 is sent as 500.
    public let status: Int
    /// Header names and values, sent in this order. Unsafe content is removed when the answer is written: a control
    /// character in a value becomes a space, a field whose name is not a token (RFC 9110, 5.6.2) is left out.
    /// Content-Length and Status are left out, too, because the server sets them.
    public let headers: [(String, String)]
    /// The body, sent as it is.
    public let body: [UInt8]

    /// Makes an answer from its parts.
    public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Makes an answer with a text body.
    public init(status: Int, contentType: String, body: String) {
        self.init(status: status, headers: [("Content-Type", contentType)], body: Array(body.utf8))
    }

    /// The same answer, but never a 2xx: for a body that was not read.
    func asRefusal(of failure: ReadFailure) -> Response {
        (200...299).contains(status) ? Response(status: failure.status, headers: headers, body: body) : self
    }
}
