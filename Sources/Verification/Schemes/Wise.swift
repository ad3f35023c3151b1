import Crypto

extension Scheme {
    /// Wise: RSA-SHA256 in base64 over the body, checked with the public key that Wise publishes.
    /// Source: https://docs.wise.com/api-docs/features/webhooks-notifications/event-handling
    public static let wise = Scheme(
        name: "wise", algorithm: .publicKey(.rsaSHA256), key: .pem, encoding: .base64,
        signature: .header("x-signature-sha256"))
}
