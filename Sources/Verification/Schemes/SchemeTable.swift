extension Scheme {
    /// All presets.
    public static let presets: [Scheme] =
        [
            tikTokShop, tikTokShopGuide, tikTokDevelopers, tikTokBusiness, tikTokCommentsGuide, everShop, roms, shopify,
            shopifyEvents, wooCommerce, standardWebhooks, bigCommerce, etsy, stripe, gitHub, slack, meta, square,
            printify,
            shippo, twitch, twitterX,
        ] + genericHMAC

    /// The preset of that name.
    /// - Returns: nil when there is none.
    public static func named(_ name: String) -> Scheme? { byName[name] }

    private static let byName = Dictionary(presets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
