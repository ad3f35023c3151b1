import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// Meta (Facebook, Instagram, WhatsApp): `{object, entry[{id, time, changes|messaging}]}`, several entries in one
    /// delivery. An address is registered by an unsigned GET.
    /// Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started
    static let meta = EnvelopeProvider(
        scheme: .meta,
        envelope: Envelope(
            type: .first([.all([.body("object"), .body("entry.0.changes.0.field")], "."), .body("object")]),
            time: .first([
                .body("entry.0.time"), .body("entry.0.changes.0.value.messages.0.timestamp"),
                .body("entry.0.changes.0.value.statuses.0.timestamp"),
            ]),
            subject: .all([.literal("account"), .body("entry.0.id")], ":")),
        greeting: { delivery, keyring in
            guard delivery.method == "GET" else { return nil }
            let query = FormFields(query: delivery.url)
            guard query.first("hub.mode") == "subscribe", let challenge = query.first("hub.challenge") else {
                return nil
            }
            guard keyring.hasCredential("verify_token", query.first("hub.verify_token") ?? "") else {
                return .json(403, ["error": "forbidden"])
            }
            return .text(200, challenge)
        })
}
