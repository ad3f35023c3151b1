import Crypto

extension Scheme {
    /// Standard Webhooks, version v1: base64 HMAC-SHA256 over `id.timestamp.body`, keys as `whsec_` and base64.
    /// Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    public static let standardWebhooks = withSvixHeaders {
        standardWebhooks(name: "standard_webhooks", headerPrefix: $0)
    }

    /// Standard Webhooks, version v1a: Ed25519 instead of HMAC, checked with a key as `whpk_` and base64.
    public static let standardWebhooksV1A = withSvixHeaders {
        var scheme = standardWebhooks(name: "standard_webhooks_v1a", headerPrefix: $0, key: .ed25519)
        scheme.algorithm = .publicKey(.ed25519)
        scheme.signature.format = .versions("v1a")
        return scheme
    }

    /// A scheme and, as its second form, the same under the header names of Svix, by which many senders deliver.
    private static func withSvixHeaders(_ make: (_ headerPrefix: String) -> Scheme) -> Scheme {
        var (scheme, svix) = (make("webhook-"), make("svix-"))
        svix.applies = [Requirement(.header("svix-signature"), .present)]
        scheme.forms = [svix]
        return scheme
    }

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
