import Crypto
import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// X (Twitter), Account Activity: `{for_user_id, <kind>_events[…]}`. The address is checked again and again by an
    /// unsigned GET, which is answered with a signature of its token.
    /// Source: https://developer.x.com/en/docs/x-api/webhooks
    static let twitterX = EnvelopeProvider(
        scheme: .twitterX,
        envelope: Envelope(
            type: .memberName(ending: "_events"),
            time: .first([.body("*.0.timestamp_ms"), .body("*.0.created_timestamp")]),
            subject: .all([.literal("account"), .body("for_user_id")], ":"), shop: .body("for_user_id")),
        greeting: { delivery, keyring in
            guard delivery.method == "GET", let token = FormFields(query: delivery.url).first("crc_token") else {
                return nil
            }
            guard let secret = keyring.secrets.first(where: { $0.isValid(at: delivery.receivedAt) })?.secret,
                !secret.isEmpty
            else { return .refusing(Refusal(.noUsableSecret, "there is no signing secret")) }
            let code = HMAC.authenticationCode(.sha256, key: secret, parts: [Array(token.utf8)])
            return .json(200, ["response_token": .string("sha256=" + Base64.encode(code))])
        })
}
