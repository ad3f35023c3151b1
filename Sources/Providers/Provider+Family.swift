import Verification

extension Provider {
    /// The contract of which this is another spelling: the same body counts once under both.
    public var family: String { name == "shopify_events" ? "shopify" : name }

    /// Whether it makes an event of whatever is signed, as the generic and the described contracts do.
    public var takesAnyBody: Bool {
        self is EnvelopeProvider && (name.hasPrefix("generic_hmac") || name == "custom" || scheme.hasCredentials)
    }
}
