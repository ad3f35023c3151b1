extension Scheme {
    /// Shopify Events: as Shopify, under header names without `X-`, which come first here.
    public static let shopifyEvents = Scheme(
        name: "shopify_events", encoding: .base64,
        signature: SignatureLocation(.headers(["shopify-hmac-sha256", "x-shopify-hmac-sha256"])))
}
