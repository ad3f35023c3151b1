extension Scheme {
    /// All presets.
    public static let presets: [Scheme] =
        [
            tikTokShop, tikTokShopGuide, tikTokDevelopers, tikTokBusiness, tikTokCommentsGuide, everShop,
            everShopWebhooks, roms, shopify, shopifyEvents, wooCommerce, standardWebhooks, standardWebhooksV1A,
            bigCommerce, etsy, stripe, gitHub,
            slack, meta, square, printify, shippo, payPal, eBay, amazonSNS, discord, twilio, twitch, twitterX, adyen,
            wise, basicAuth, apiKey,
        ] + messageSignatures + genericHMAC

    /// The preset of that name.
    /// - Returns: nil when there is none.
    public static func named(_ name: String) -> Scheme? { byName[name] }

    private static let byName = Dictionary(presets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
