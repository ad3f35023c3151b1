import Crypto

extension Scheme {
    /// PayPal: RSA over id, time, the webhook's own id (the credential `webhook_id`) and the body's CRC-32, with bars
    /// between. The secret is the certificate behind `PAYPAL-CERT-URL`.
    ///
    /// A CRC-32 is not a digest: anybody who has seen one delivery can make other bodies with the same CRC, even with
    /// other ids, and all of them verify. This is PayPal's scheme: confirm a delivery with PayPal before money moves.
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
