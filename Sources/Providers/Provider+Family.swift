import Verification

extension Provider {
    /// The contract of which this is another spelling: the same body counts once under both.
    public var family: String { name == "shopify_events" ? "shopify" : name }

    /// Whether a body of the other contract may count under this one, too: one that makes an event of whatever is signed, as
    /// the generic and the described contracts do and GitHub's, whose header names the event; or one of orders in a form that
    /// both have.
    public func takesBodies(of other: any Provider) -> Bool {
        let takesAny =
            self is EnvelopeProvider && (name.hasPrefix("generic_hmac") || name == "custom" || scheme.hasCredentials)
        let orders: Set<String> = ["roms", "shopify", "woocommerce"]
        return takesAny || family == "github" || orders.contains(family) && orders.contains(other.family)
    }
}
