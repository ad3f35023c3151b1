extension Scheme {
    /// Twitch EventSub: `sha256=…` over id, time (RFC 3339) and body, within ten minutes.
    /// Source: https://dev.twitch.tv/docs/eventsub/handling-webhook-events
    public static let twitch = Scheme(
        name: "twitch",
        message: [.header("twitch-eventsub-message-id"), .timestamp, .body],
        signature: .header("twitch-eventsub-message-signature", prefix: .required("sha256=")),
        timestamp: TimestampRule(.header("twitch-eventsub-message-timestamp"), unit: .rfc3339, tolerance: 600))
}
