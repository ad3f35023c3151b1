import Crypto
import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// X (Twitter), Account Activity: `{for_user_id, <kind>_events[…]}`, and `{user_event{revoke}}` when a user revokes
    /// the app's rights. X checks the address regularly with an unsigned GET, which is answered with a signature of its
    /// token under the key that signs deliveries. So that nobody gets a delivery signed this way, a token must be a
    /// word and a delivery must be an object. Source: https://developer.x.com/en/docs/x-api/webhooks
    static let twitterX = EnvelopeProvider(
        scheme: .twitterX,
        envelope: Envelope(
            type: .first([
                .memberName(ending: "_events"), .having("user_event.revoke", .literal("user_event.revoke")),
                .having("user_event", .literal("user_event")),
            ]),
            types: ["user_event.revoke": "authorization.removed"],
            time: .first([
                .body("*.0.timestamp_ms"), .body("*.0.created_timestamp"), .body("user_event.revoke.date_time"),
            ]),
            subject: .first([
                .all([.literal("account"), .body("for_user_id")], ":"),
                .all([.literal("account"), .body("user_event.revoke.source.user_id")], ":"),
            ]),
            shop: .body("for_user_id")),
        signsObjects: true,
        greeting: { delivery, keyring in
            guard delivery.method == "GET", let token = FormFields(query: delivery.url).first("crc_token"),
                isToken(token)
            else { return nil }
            guard let secret = keyring.secrets.first(where: { $0.isValid(at: delivery.receivedAt) })?.secret,
                !secret.isEmpty
            else { return .refusing(Refusal(.noUsableSecret, "there is no signing secret")) }
            let code = HMAC.authenticationCode(.sha256, key: secret, parts: [Array(token.utf8)])
            return .json(200, ["response_token": .string("sha256=" + Base64.encode(code))])
        })

    /// Whether it can be a token of X's: 1 to 128 characters of the alphabets of base64, or `.`.
    private static func isToken(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { tokenBytes.contains($0) }
    }

    private static let tokenBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=+/.-".utf8)
}
