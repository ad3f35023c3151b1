import Verification
import Webhooks

extension EnvelopeProvider {
    /// Amazon SNS. `SubscriptionConfirmation` is recorded like any other: its `SubscribeURL` is for the job
    /// `confirm_subscription` to visit.
    /// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
    static let amazonSNS = EnvelopeProvider(
        scheme: .amazonSNS,
        envelope: Envelope(
            type: .body("Type"),
            types: [
                "Notification": "notification", "SubscriptionConfirmation": "subscription.confirmation",
                "UnsubscribeConfirmation": "subscription.removed",
            ],
            id: .body("MessageId"), time: .body("Timestamp"),
            subject: .all([.literal("topic"), .body("TopicArn")], ":")),
        marks: ["x-amz-sns-message-type"])
}
