extension Scheme {
    /// Standard Webhooks, version v1: base64 HMAC-SHA256 over `id.timestamp.body`, keys as `whsec_` and base64.
    /// Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    public static let standardWebhooks = standardWebhooks(name: "standard_webhooks")

    /// Etsy: Standard Webhooks as they are.
    public static let etsy = standardWebhooks(name: "etsy")

    /// BigCommerce: Standard Webhooks, with the client secret's own bytes as the key.
    public static let bigCommerce = standardWebhooks(name: "bigcommerce", key: .utf8)

    /// A sender of Standard Webhooks that differs in names or keys.
    /// - Parameters:
    ///   - name: the scheme's name.
    ///   - headerPrefix: what its headers begin with, in lower case: `webhook-`, for some senders `svix-`.
    ///   - key: how the key comes out of the secret.
    public static func standardWebhooks(
        name: String, headerPrefix: String = "webhook-", key: KeyDerivation = .base64(prefix: "whsec_")
    ) -> Scheme {
        Scheme(
            name: name,
            message: [.header("\(headerPrefix)id"), .literal("."), .timestamp, .literal("."), .body],
            key: key, encoding: .base64,
            signature: SignatureLocation(.headers(["\(headerPrefix)signature"]), .versions("v1")),
            timestamp: TimestampRule(.header("\(headerPrefix)timestamp")))
    }
}
