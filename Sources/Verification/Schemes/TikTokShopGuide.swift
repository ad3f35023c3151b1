extension Scheme {
    /// The contract of the TikTok Shop integration guide: `x-tiktok-shop-signature` is the hexadecimal
    /// HMAC-SHA256(app_secret, timestamp + body), and `x-tiktok-shop-timestamp` its time in seconds.
    public static let tikTokShopGuide = Scheme(
        name: "tiktok_shop_guide", message: [.timestamp, .body], signature: .header("x-tiktok-shop-signature"),
        timestamp: TimestampRule(.header("x-tiktok-shop-timestamp")))
}
