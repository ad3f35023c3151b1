import Verification
import Webhooks

extension EnvelopeProvider {
    /// Standard Webhooks: `{type, timestamp, data}`; `webhook-id` is signed, or with a `svix-signature` `svix-id`. A thin or
    /// foreign body keeps the signed time of sending as its clock.
    static let standardWebhooks = standardWebhooks(.standardWebhooks)

    /// Standard Webhooks with Ed25519 signatures (`v1a`).
    static let standardWebhooksV1A = standardWebhooks(.standardWebhooksV1A)

    private static func standardWebhooks(_ scheme: Scheme) -> EnvelopeProvider {
        func signed(_ name: String) -> Place {
            .markedHeader("svix-" + name, by: "svix-signature", else: "webhook-" + name)
        }
        return EnvelopeProvider(
            scheme: scheme,
            envelope: Envelope(
                type: .first([.body("type"), .body("event_type"), .body("event")]), speaksOurs: true, id: signed("id"),
                time: .first([.body("timestamp"), signed("timestamp")])))
    }
}
