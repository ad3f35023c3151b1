/// The documented variables with each provider's secrets: the guides' names, else `STRIPE_WEBHOOK_SECRET` and the like.
public enum ProviderVariables {
    private static let secrets = [
        "tiktok_shop": "TIKTOK_APP_SECRET", "tiktok_shop_guide": "TIKTOK_APP_SECRET",
        "tiktok_developers": "TIKTOK_CLIENT_SECRET", "tiktok_business": "TIKTOK_BUSINESS_SECRET",
        "tiktok_comments_guide": "WEBHOOK_SECRET", "roms": "WEBHOOK_SECRET",
        "evershop": "EVERSHOP_WEBHOOK_SECRET", "evershop_webhooks": "EVERSHOP_WEBHOOK_SECRET",
        "shopify_events": "SHOPIFY_WEBHOOK_SECRET",
    ]

    private static let credentials = [
        "tiktok_shop": ["app_key": "TIKTOK_APP_KEY"], "meta": ["verify_token": "META_VERIFY_TOKEN"],
        "ebay": ["verification_token": "EBAY_VERIFICATION_TOKEN"], "paypal": ["webhook_id": "PAYPAL_WEBHOOK_ID"],
        "basic_auth": ["username": "BASIC_AUTH_USERNAME"],
    ]

    /// The variable of a provider's signing secret, or of its public key.
    public static func secret(of provider: String) -> String {
        secrets[provider] ?? "\(provider.uppercased())_WEBHOOK_SECRET"
    }

    /// The variable with the path of the private key that a development stack signs with, for providers with public
    /// keys.
    public static func privateKey(of provider: String) -> String { "\(provider.uppercased())_PRIVATE_KEY" }

    /// The variables of its credentials, by the credentials' names.
    public static func credentials(of provider: String) -> [String: String] { credentials[provider] ?? [:] }
}
