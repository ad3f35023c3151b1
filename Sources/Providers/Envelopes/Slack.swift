import JSON
import Verification
import Webhooks

extension EnvelopeProvider {
    /// Slack: `{type: event_callback, event_id, event_time, team_id, event{type}}`. The challenge by which an address
    /// is registered is signed. Source: https://api.slack.com/apis/events-api
    static let slack = EnvelopeProvider(
        scheme: .slack,
        envelope: Envelope(
            type: .first([.body("event.type"), .body("type"), .form("command")]),
            types: ["app_uninstalled": "authorization.removed"],
            // User interactions (`trigger_id`) are JSON in a form, or a form.
            id: .first([.body("event_id"), .body("trigger_id"), .form("trigger_id")]), time: .body("event_time"),
            subject: .all(
                [.literal("channel"), .first([.body("event.channel"), .body("channel.id"), .form("channel_id")])], ":"),
            shop: .first([.body("team_id"), .body("team.id"), .form("team_id")])),
        signedGreeting: { delivery in
            guard let body = try? JSONValue(parsing: delivery.body), body["type"]?.string == "url_verification" else {
                return nil
            }
            return body["challenge"]?.string.map { .text(200, $0) }
        })
}
