public import Webhooks

/// The parts of a request that a signature can cover.
public struct Draft: Sendable {
    /// The request method in upper case.
    public var method: String
    /// The whole URL.
    public var url: String
    /// The header fields, those included that are signed, such as `webhook-id`.
    public var headers: HeaderFields
    /// The body.
    public var body: [UInt8]

    /// A request that is to be signed.
    public init(method: String = "POST", url: String, headers: HeaderFields = HeaderFields(), body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
