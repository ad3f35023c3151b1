import ArgumentParser
import Crypto
import Settings

/// The providers whose webhooks can be registered from here.
enum WebhookProvider: String, CaseIterable, ExpressibleByArgument {
    case tikTokShop = "tiktok_shop"
    case tikTokBusiness = "tiktok_business"
    case shopify
    case wooCommerce = "woocommerce"
    case guide
}

/// Builds an API client from the documented variables of its provider's credentials (`.env.example`).
struct WebhookAPIs {
    let variables: NamedVariables
    /// The given value takes precedence.
    let baseURL: String?
    let apiVersion: String?

    /// - Throws: the complete list of missing variables.
    func api(_ provider: WebhookProvider) throws -> any WebhookAPI {
        switch provider {
        case .tikTokShop:
            let found = try values("TIKTOK_APP_KEY", "TIKTOK_APP_SECRET", "TIKTOK_ACCESS_TOKEN")
            let cipher = variables["TIKTOK_SHOP_CIPHER"]
            return TikTokShopWebhooks(
                caller: try caller(TikTokShopWebhooks.defaultBase, Array(found.dropFirst())), appKey: found[0],
                appSecret: SecretBytes(utf8: found[1]), accessToken: found[2], shopCipher: cipher)
        case .tikTokBusiness:
            let found = try values("TIKTOK_BUSINESS_APP_ID", "TIKTOK_BUSINESS_SECRET")
            return TikTokBusinessWebhooks(
                caller: try caller(TikTokBusinessWebhooks.defaultBase, [found[1]]), appID: found[0],
                secret: SecretBytes(utf8: found[1]))
        case .shopify:
            let found = try values("SHOPIFY_ACCESS_TOKEN")
            return ShopifyWebhooks(
                caller: try caller(try base("SHOPIFY_URL"), found), accessToken: found[0],
                version: apiVersion ?? ShopifyWebhooks.defaultVersion)
        case .wooCommerce:
            let found = try values(
                "WOOCOMMERCE_CONSUMER_KEY", "WOOCOMMERCE_CONSUMER_SECRET", "WOOCOMMERCE_WEBHOOK_SECRET")
            return WooCommerceWebhooks(
                caller: try caller(try base("WOOCOMMERCE_URL"), found), consumerKey: found[0],
                consumerSecret: SecretBytes(utf8: found[1]), secret: SecretBytes(utf8: found[2]))
        case .guide:
            let found = try values("TIKTOK_ACCESS_TOKEN", "WEBHOOK_SECRET")
            return GuideWebhooks(
                caller: try caller(GuideWebhooks.defaultBase, found), accessToken: found[0],
                secret: SecretBytes(utf8: found[1]))
        }
    }

    private func values(_ names: String...) throws -> [String] {
        let missing = names.filter { variables[$0] == nil }
        guard missing.isEmpty else {
            throw MissingVariables(
                description: "set \(missing.joined(separator: ", ")) in the environment, or in hookledger.env or .env "
                    + "beside the configuration")
        }
        return names.compactMap { variables[$0] }
    }

    /// The shop's own address.
    private func base(_ name: String) throws -> String {
        if let base = baseURL ?? variables[name] { return base }
        throw MissingVariables(description: "give the shop's URL: --base-url https://…, or \(name)")
    }

    private func caller(_ standard: String, _ secrets: [String]) throws -> APICaller {
        try APICaller(base: baseURL ?? standard, secrets: secrets.map { SecretBytes(utf8: $0) })
    }
}

/// Credentials that nobody has set.
struct MissingVariables: Error, CustomStringConvertible {
    let description: String
}
