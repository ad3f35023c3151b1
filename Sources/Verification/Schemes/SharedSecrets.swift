extension Scheme {
    /// Basic authentication (RFC 7617): the user is the credential `username`, the password the secret. Both may
    /// contain anything, even a colon in the password, because they are compared as one text.
    public static let basicAuth = Scheme(
        name: "basic_auth", message: [.credential("username"), .literal(":")], algorithm: .sharedSecret,
        encoding: .base64, signature: .header("authorization", prefix: .word("Basic")))

    /// An API key in `X-Api-Key`. Other headers and prefixes: `custom`.
    public static let apiKey = Scheme(
        name: "api_key", message: [], algorithm: .sharedSecret, encoding: .utf8, signature: .header("x-api-key"))
}
