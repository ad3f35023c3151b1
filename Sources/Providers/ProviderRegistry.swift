import Verification
import Webhooks

/// All providers.
public enum ProviderRegistry {
    /// Every provider.
    public static let all: [any Provider] =
        [
            TikTokShopProvider(), TikTokShopGuideProvider(), TikTokAppProvider(scheme: .tikTokDevelopers),
            TikTokAppProvider(scheme: .tikTokBusiness), TikTokCommentsGuideProvider(), EverShopProvider(),
            EverShopWebhooksProvider(), ROMSProvider(),
            ShopifyProvider(scheme: .shopify), ShopifyProvider(scheme: .shopifyEvents), WooCommerceProvider(),
        ] + envelopes

    private static let envelopes: [EnvelopeProvider] =
        [
            .standardWebhooks, .standardWebhooksV1A, .bigCommerce, .stripe, .gitHub, .slack, .meta, .square, .etsy,
            .printify, .shippo, .payPal, .eBay, .amazonSNS, .discord, .twilio, .twitch, .twitterX, .adyen, .wise,
            .custom(.basicAuth), .custom(.apiKey),
        ] + EnvelopeProvider.messageSignatures + EnvelopeProvider.genericHMAC

    /// The provider of that name.
    /// - Returns: nil when there is none.
    public static func named(_ name: String) -> (any Provider)? { byName[name] }

    /// Contracts of API responses, which no webhook brings: read from stored events, never received.
    private static let fetched: [any Provider] = [
        TikTokShopDetailProvider(), OrderDetailProvider.bigCommerce, OrderDetailProvider.square,
        OrderDetailProvider.etsy, EverShopDetail(), PrintifyShipment(), RecordDetailProvider.tikTokProduct,
        RecordDetailProvider.bigCommerceProduct, RecordDetailProvider.bigCommerceCustomer,
        RecordDetailProvider.squareProduct, RecordDetailProvider.squareCustomer,
    ]
    private static let byName = Dictionary(
        (all + fetched).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
