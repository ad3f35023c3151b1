import Verification
import Webhooks

extension EnvelopeProvider {
    /// Shippo: `{event, test, data}`; tracking and transactions.
    /// Source: https://docs.goshippo.com/docs/tracking/webhooks
    static let shippo = EnvelopeProvider(
        scheme: .shippo,
        envelope: Envelope(
            type: .body("event"), types: ["track_updated": "package.updated"],
            time: .first([.body("data.tracking_status.status_date"), .body("data.object_updated")]),
            subject: .first([
                .all([.literal("package"), .body("data.tracking_number")], ":"),
                .all([.literal("object"), .body("data.object_id")], ":"),
            ])))
}
