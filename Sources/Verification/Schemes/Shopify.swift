extension Scheme {
    /// Shopify: base64 over the body only, so topic, shop and ids in the headers are not proven. Both spellings of the
    /// header are accepted, the newer one (of Shopify Events) second. Source:
    /// https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
    public static let shopify = Scheme(
        name: "shopify", encoding: .base64,
        signature: SignatureLocation(.headers(["x-shopify-hmac-sha256", "shopify-hmac-sha256"])))
}
