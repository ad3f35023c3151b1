public import LoadClient

/// The secrets of a stand's sources, and its Slack.
public struct StandSecrets: Sendable {
    private static let key = "the-app-key-of-the-stand"
    private static let secret = "the-secret-of-the-spooling-source"
    private static let other = "the-secret-of-the-retrying-source"

    /// The lines of the file of secrets of a stack.
    ///
    /// - Parameter destinations: where messages go.
    public static func lines(_ destinations: Destinations) -> String {
        """
        TIKTOK_APP_KEY=\(key)
        TIKTOK_APP_SECRET=\(secret)
        \(StandConfiguration.retryingSecret)=\(other)
        SLACK_OF_THE_STAND=\(destinations.slackURL)

        """
    }

    /// What the shops sign with.
    public static var credentials: [Sender.Path: ShopDelivery.Credentials] {
        [
            .spooling: ShopDelivery.Credentials(key: key, secret: secret),
            .retrying: ShopDelivery.Credentials(key: key, secret: other),
        ]
    }
}
