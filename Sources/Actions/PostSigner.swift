import Crypto
import Outbound
import Verification
import Webhooks

/// Signs the posts of the action `http`, once by each secret: a consumer with either accepts the request.
struct PostSigner: Sendable {
    static let standardWebhooks = Scheme.standardWebhooks.name
    /// The schemes that it knows.
    static let names = [standardWebhooks] + Scheme.presets.filter { $0.rule != nil }.map(\.name)

    private let scheme: Scheme
    private let keyID: String
    /// The present one first; two during a rotation, none for no signature.
    private let secrets: [SecretBytes]

    /// - Parameter name: one of ``names``; nil for Standard Webhooks.
    init(_ name: String?, keyID: String, secrets: [SecretBytes]) {
        var scheme = name.flatMap(Scheme.named) ?? .standardWebhooks
        // What a consumer takes as the idempotency key is signed, and how the body is to be read.
        scheme.rule?.components += ["webhook-id", "webhook-timestamp", "content-type"]
        self.scheme = scheme
        self.keyID = keyID
        self.secrets = secrets
    }

    /// The headers that it writes, in lower case.
    var headerNames: [String] {
        if secrets.isEmpty { return [] }
        return scheme.rule == nil ? ["webhook-signature"] : ["content-digest", "signature-input", "signature"]
    }

    /// The header fields of the signatures.
    /// - Parameter draft: with the fields that are signed.
    func signature(of draft: Draft, now: Timestamp) throws(SigningError) -> [HTTPRequest.Header] {
        var values: [[String: String]] = []
        for (position, secret) in secrets.enumerated() {
            var scheme = scheme
            scheme.rule?.label = "sig\(position + 1)"
            let signed = try scheme.sign(draft, secret: SigningSecret(keyID: keyID, secret: secret), now: now)
            values.append(Dictionary(signed.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        }
        return headerNames.map { name in
            let all = values.compactMap { $0[name] }
            // Of the body there is one digest.
            if name == "content-digest" { return .init(name, all.first ?? "") }
            return .init(name, all.joined(separator: scheme.rule == nil ? " " : ", "))
        }
    }
}
