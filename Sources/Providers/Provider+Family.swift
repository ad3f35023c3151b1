import Verification

extension Provider {
    /// The contract of which this is a variant: the same body is one event under both.
    public var family: String { name == "shopify_events" ? "shopify" : name }

    /// Whether this contract also accepts bodies of the other one: because it makes an event of any signed body (the generic
    /// and custom contracts, and GitHub's, whose header names the event), or because both have orders of the same form.
    public func takesBodies(of other: any Provider) -> Bool {
        let takesAny =
            self is EnvelopeProvider && (name.hasPrefix("generic_hmac") || name == "custom" || scheme.hasCredentials)
        let orders: Set<String> = ["roms", "shopify", "woocommerce"]
        return takesAny || family == "github" || orders.contains(family) && orders.contains(other.family)
    }
}
