import Verification

extension Provider {
    /// The contract of which this is a variant: the same body is one event under both.
    public var family: String { name == "shopify_events" ? "shopify" : name }

    /// Whether it makes an event of any signed body, like the generic and custom contracts.
    public var takesAnyBody: Bool {
        self is EnvelopeProvider && (name.hasPrefix("generic_hmac") || name == "custom" || scheme.hasCredentials)
    }
}
