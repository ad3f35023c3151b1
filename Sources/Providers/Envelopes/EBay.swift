import Crypto
import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// eBay: `{metadata{topic}, notification{notificationId, eventDate, data}}`. An address is registered by an
    /// unsigned GET that is answered with hex(SHA-256(code + verification token + endpoint)); a signature that does not
    /// match is answered 412. The credential `endpoint` is the registered address; without it, the requested one.
    /// Source: https://developer.ebay.com/marketplace-account-deletion
    static let eBay = EnvelopeProvider(
        scheme: .eBay,
        envelope: Envelope(
            type: .body("metadata.topic"), types: ["MARKETPLACE_ACCOUNT_DELETION": "customer.redact"],
            id: .body("notification.notificationId"),
            time: .first([.body("notification.eventDate"), .body("notification.publishDate")]),
            subject: .all([.literal("account"), .body("notification.data.userId")], ":")),
        greeting: { delivery, keyring in
            guard delivery.method == "GET", let code = FormFields(query: delivery.url).first("challenge_code") else {
                return nil
            }
            guard let token = keyring.credentials["verification_token"], !token.isEmpty else {
                return .refusing(Refusal(.noUsableSecret, "the credential verification_token is missing"))
            }
            let endpoint =
                keyring.credentials["endpoint"]?.reveal()
                ?? Array("\(delivery.scheme)://\(delivery.host)\(delivery.path)".utf8)
            let answer = Digest.sha256.hash(parts: [Array(code.utf8), token.reveal(), endpoint])
            return .json(200, ["challengeResponse": .string(Hex.encode(answer))])
        },
        refusing: { refusal in
            var answer = Answer.refusing(refusal)
            if [.noSecretMatched, .malformedSignature].contains(refusal.kind) { answer.status = 412 }
            return answer
        })
}
