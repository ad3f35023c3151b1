import Crypto

extension Scheme {
    /// Twilio: base64 HMAC-SHA1 over the URL and the sorted fields of the form, with the URL's port or without; if the
    /// body is not a form, the URL has its SHA-256, and only the URL is signed. Source:
    /// https://www.twilio.com/docs/usage/webhooks/webhooks-security
    public static let twilio: Scheme = {
        var digested = Scheme(
            name: "twilio", message: [.url], algorithm: .hmac(.sha1), encoding: .base64,
            signature: .header("x-twilio-signature"),
            demands: [Requirement(.query("bodySHA256"), .digestOfBody(.sha256))],
            applies: [Requirement(.query("bodySHA256"), .present)])
        digested.portMayDiffer = true
        var form = Scheme(
            name: "twilio", message: [.url, .sortedFormFields], algorithm: .hmac(.sha1), encoding: .base64,
            signature: .header("x-twilio-signature"), forms: [digested])
        form.portMayDiffer = true
        return form
    }()
}
