import Verification
import Webhooks

extension EnvelopeProvider {
    /// Standard Webhooks: `{type, timestamp, data}`; `webhook-id` is signed. A thin or foreign body keeps the signed time of
    /// sending as its clock.
    static let standardWebhooks = standardWebhooks(.standardWebhooks)

    /// Standard Webhooks with Ed25519 signatures (`v1a`).
    static let standardWebhooksV1A = standardWebhooks(.standardWebhooksV1A)

    private static func standardWebhooks(_ scheme: Scheme) -> EnvelopeProvider {
        EnvelopeProvider(
            scheme: scheme,
            envelope: Envelope(
                type: .first([.body("type"), .body("event_type"), .body("event")]), id: .header("webhook-id"),
                time: .first([.body("timestamp"), .header("webhook-timestamp")])))
    }
}
