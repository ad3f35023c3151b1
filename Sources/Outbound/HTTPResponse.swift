/// The complete answer to a request.
public struct HTTPResponse: Sendable, Hashable {
    /// The status of the final answer; a redirect is not followed but returned.
    public let status: Int
    /// The header fields of the final answer, in the order they came. One without a Date has that of this machine's clock.
    public let headers: [HTTPRequest.Header]
    /// The body, at most `responseLimit` bytes.
    public let body: [UInt8]
    /// Microseconds from the start of the request to its first byte out.
    public let firstByteAfter: Int64
    /// Microseconds from the start of the request to the end of the answer.
    public let finishedAfter: Int64

    /// An answer with those parts; times in microseconds.
    public init(
        status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = [], firstByteAfter: Int64 = 0,
        finishedAfter: Int64 = 0
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.firstByteAfter = firstByteAfter
        self.finishedAfter = finishedAfter
    }

    /// The value of the first field of that name; case of ASCII letters does not count.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
