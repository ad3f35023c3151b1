import Verification
import Webhooks

/// The providers there are.
public enum ProviderRegistry {
    /// Every provider.
    public static let all: [any Provider] =
        [
            TikTokShopProvider(), TikTokShopGuideProvider(), TikTokAppProvider(scheme: .tikTokDevelopers),
            TikTokAppProvider(scheme: .tikTokBusiness), TikTokCommentsGuideProvider(), EverShopProvider(),
            ROMSProvider(),
            ShopifyProvider(scheme: .shopify), ShopifyProvider(scheme: .shopifyEvents), WooCommerceProvider(),
        ] + envelopes

    private static let envelopes: [EnvelopeProvider] =
        [
            .standardWebhooks, .bigCommerce, .stripe, .gitHub, .slack, .meta, .square, .etsy, .printify, .shippo,
            .twitch,
            .twitterX,
        ] + EnvelopeProvider.genericHMAC

    /// The provider of that name.
    /// - Returns: nil when there is none.
    public static func named(_ name: String) -> (any Provider)? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
