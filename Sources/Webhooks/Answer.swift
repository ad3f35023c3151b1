public import JSON

/// The answer to a request, in the form that its sender expects.
public struct Answer: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// Header fields beside Content-Length.
    public var headers: [HeaderFields.Field]
    /// The body; empty for none.
    public var body: [UInt8]

    /// An answer with those parts.
    public init(status: Int, headers: [HeaderFields.Field] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer whose body is that JSON, with `Content-Type: application/json`.
    /// - Parameter retryAfter: seconds after which the sender may try again (RFC 9110 section 10.2.3); nil for no word.
    public static func json(_ status: Int, _ value: JSONValue, retryAfter: Int? = nil) -> Answer {
        var headers = [HeaderFields.Field(name: "content-type", value: "application/json")]
        if let retryAfter { headers.append(HeaderFields.Field(name: "retry-after", value: String(retryAfter))) }
        return Answer(status: status, headers: headers, body: value.serialized())
    }

    /// An answer whose body is that text, with `Content-Type: text/plain; charset=utf-8`.
    public static func text(_ status: Int, _ text: String) -> Answer {
        Answer(
            status: status, headers: [HeaderFields.Field(name: "content-type", value: "text/plain; charset=utf-8")],
            body: Array(text.utf8))
    }
}
