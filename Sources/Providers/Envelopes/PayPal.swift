import Verification
import Webhooks

extension EnvelopeProvider {
    /// PayPal: `{id, event_type, create_time, resource_type, resource{id}}`. Events of two types can have one id.
    /// Source: https://developer.paypal.com/api/rest/webhooks
    static let payPal = EnvelopeProvider(
        scheme: .payPal,
        envelope: Envelope(
            type: .body("event_type"), id: .first([.all([.body("id"), .body("event_type")], " "), .body("id")]),
            time: .body("create_time"),
            subject: .all([.body("resource_type"), .first([.body("resource.id"), .body("resource.dispute_id")])], ":")))
}
