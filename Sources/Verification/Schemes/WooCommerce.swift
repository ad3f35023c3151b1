extension Scheme {
    /// WooCommerce: base64 over the body. The key is the secret as the merchant typed it, not the entity-encoded one of
    /// WooCommerce's database. Source: class-wc-webhook.php, `generate_signature`.
    public static let wooCommerce = Scheme(
        name: "woocommerce", encoding: .base64, signature: .header("x-wc-webhook-signature"))
}
