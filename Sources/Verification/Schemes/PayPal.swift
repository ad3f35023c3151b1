import Crypto

extension Scheme {
    /// PayPal: RSA over id, time, the webhook's own id (the credential `webhook_id`) and the body's CRC-32, with bars
    /// between. The secret is the certificate behind `PAYPAL-CERT-URL`.
    ///
    /// A CRC-32 is no digest: whoever has seen one delivery can make another body with the same one. PayPal's
    /// id in the body is looked at by the dedupe key, so that no delivery counts twice.
    /// Source: https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod
    public static let payPal = Scheme(
        name: "paypal",
        message: [
            .header("paypal-transmission-id"), .literal("|"), .header("paypal-transmission-time"), .literal("|"),
            .credential("webhook_id"), .literal("|"), .bodyChecksum,
        ],
        algorithm: .publicKey(.rsaSHA256), key: .pem, encoding: .base64, signature: .header("paypal-transmission-sig"),
        demands: [
            Requirement(.header("paypal-cert-url"), .https(["**.paypal.com"]), isOptional: true),
            Requirement(.header("paypal-auth-algo"), .among(["SHA256withRSA"]), isOptional: true),
        ])
}
