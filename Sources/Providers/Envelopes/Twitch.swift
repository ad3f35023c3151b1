import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// Twitch EventSub: id and time are in signed headers. A body without an event means that the subscription has
    /// ended, whatever the header says. The challenge by which a subscription begins is signed too, and answered as
    /// plain text; the header that distinguishes it from an event is not signed, so only the body is used. Source:
    /// https://dev.twitch.tv/docs/eventsub/handling-webhook-events
    static let twitch = EnvelopeProvider(
        scheme: .twitch,
        envelope: Envelope(
            type: .first([
                .having("event", .body("subscription.type")), .having("events", .body("subscription.type")),
                .having("subscription.status", .literal("revocation")),
            ]),
            types: ["revocation": "subscription.removed", "user.authorization.revoke": "authorization.removed"],
            id: .header("twitch-eventsub-message-id"),
            time: .header("twitch-eventsub-message-timestamp"),
            subject: .first([
                .all([.literal("account"), .body("event.broadcaster_user_id")], ":"),
                .all([.literal("account"), .body("event.user_id")], ":"),
                .all([.literal("account"), .body("subscription.condition.broadcaster_user_id")], ":"),
            ])),
        signedGreeting: { delivery in
            guard let body = try? JSONValue(parsing: delivery.body), body["event"] == nil else { return nil }
            return body["challenge"]?.string.map { .text(200, $0) }
        })
}
