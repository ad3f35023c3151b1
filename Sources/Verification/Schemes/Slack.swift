extension Scheme {
    /// Slack: `X-Slack-Signature: v0=…` over `v0:` time `:` body.
    /// Source: https://api.slack.com/authentication/verifying-requests-from-slack
    public static let slack = Scheme(
        name: "slack", message: [.literal("v0:"), .timestamp, .literal(":"), .body],
        signature: .header("x-slack-signature", prefix: .required("v0=")),
        timestamp: TimestampRule(.header("x-slack-request-timestamp")))
}
