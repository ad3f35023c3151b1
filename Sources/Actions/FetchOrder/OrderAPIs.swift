import Ledger
import Providers
import Settings

/// The providers whose APIs give orders.
enum OrderAPIs {
    static let providers = ["tiktok_shop", "shopify", "woocommerce", "bigcommerce", "square", "etsy"]

    /// Where the provider's API is, if it is the same for all shops.
    static func standardBase(_ settings: ActionSettings) -> String? {
        switch settings.text("provider") {
        case "tiktok_shop": TikTokOrderAPI.defaultBase
        case "square": SquareOrderAPI.defaultBase
        case "etsy": EtsyOrderAPI.defaultBase
        default: nil
        }
    }

    /// The API of an action of kind `fetch_order`.
    /// - Parameters:
    ///   - token: the stored token of a shop; nil for that of the action.
    ///   - app: the app of the source whose token it is.
    /// - Returns: nil when a setting is missing that the provider's API needs.
    static func api(
        _ settings: ActionSettings, token stored: StoredToken? = nil, app: AppSettings? = nil
    ) -> (any OrderAPI & RecordListing)? {
        switch settings.text("provider") {
        case "tiktok_shop":
            guard let key = settings.secret("app_key") ?? app?.clientID,
                let secret = settings.secret("app_secret") ?? app?.clientSecret,
                let token = stored?.accessToken ?? settings.secret("access_token")
            else { return nil }
            return TikTokOrderAPI(
                base: settings.text("base_url") ?? TikTokOrderAPI.defaultBase, appKey: key, appSecret: secret,
                accessToken: token, shopCipher: stored.map { $0.cipher?.text } ?? settings.text("shop_cipher"))
        case "shopify":
            guard let base = settings.text("base_url") ?? stored?.shop.map({ "https://\($0)" }),
                let token = stored?.accessToken ?? settings.secret("access_token"),
                let provider = ProviderRegistry.named("shopify")
            else { return nil }
            return ShopifyOrderAPI(
                provider: FetchedOrder(inner: provider), base: base, accessToken: token,
                version: settings.text("api_version") ?? ShopifyOrderAPI.defaultVersion)
        case "woocommerce":
            guard let base = settings.text("base_url"), let key = settings.secret("consumer_key"),
                let secret = settings.secret("consumer_secret"), let provider = ProviderRegistry.named("woocommerce")
            else { return nil }
            return WooCommerceOrderAPI(
                provider: FetchedOrder(inner: provider), base: base, consumerKey: key, consumerSecret: secret)
        case "bigcommerce":
            guard let base = settings.text("base_url"), let token = settings.secret("access_token"),
                let provider = ProviderRegistry.named("bigcommerce_detail")
            else { return nil }
            return BigCommerceOrderAPI(provider: provider, base: base, accessToken: token)
        case "square":
            guard let token = settings.secret("access_token"), let provider = ProviderRegistry.named("square_detail")
            else { return nil }
            return SquareOrderAPI(
                provider: provider, base: settings.text("base_url") ?? SquareOrderAPI.defaultBase, accessToken: token,
                version: settings.text("api_version") ?? SquareOrderAPI.defaultVersion,
                locations: settings.list("locations"))
        case "etsy":
            guard let token = settings.secret("access_token"), let key = settings.secret("app_key"),
                let shop = settings.text("shop"), let provider = ProviderRegistry.named("etsy_detail")
            else { return nil }
            return EtsyOrderAPI(
                provider: provider, base: settings.text("base_url") ?? EtsyOrderAPI.defaultBase, accessToken: token,
                appKey: key, shop: shop)
        default: return nil
        }
    }
}
