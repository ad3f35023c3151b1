extension Scheme {
    /// TikTok API for Business: of the same form as TikTok for Developers, with the app secret (by second-hand sources).
    public static let tikTokBusiness = Scheme(
        name: "tiktok_business", message: tikTokDevelopers.message, signature: tikTokDevelopers.signature,
        timestamp: tikTokDevelopers.timestamp)
}
