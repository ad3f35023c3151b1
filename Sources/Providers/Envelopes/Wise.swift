import Verification
import Webhooks

extension EnvelopeProvider {
    /// Wise: `{event_type, subscription_id, sent_at, data{resource{type, id, profile_id}, occurred_at}}`.
    /// Source: https://docs.wise.com/api-docs/webhooks-notifications
    static let wise = EnvelopeProvider(
        scheme: .wise,
        envelope: Envelope(
            type: .body("event_type"), time: .first([.body("data.occurred_at"), .body("sent_at")]),
            subject: .all([.body("data.resource.type"), .body("data.resource.id")], ":"),
            shop: .body("data.resource.profile_id")))
}
