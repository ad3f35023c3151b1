extension Scheme {
    /// Stripe: `Stripe-Signature: t=…,v1=…` over `t.body`; `v0` is ignored. The key is the text `whsec_…` itself.
    /// Source: https://docs.stripe.com/webhooks/signature
    public static let stripe = Scheme(
        name: "stripe", message: [.timestamp, .literal("."), .body],
        signature: SignatureLocation(.headers(["stripe-signature"]), .pairs(separator: ",", key: "v1")),
        timestamp: TimestampRule(.pair(key: "t")))
}
