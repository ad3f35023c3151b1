extension Scheme {
    /// TikTok Shop (Partner Center): `Authorization` is the bare hexadecimal HMAC-SHA256(app_secret, app_key + body).
    ///
    /// No time is signed, and a retry after 12 hours must still pass, so only the dedupe key stops replays. Source:
    /// https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview
    public static let tikTokShop = Scheme(
        name: "tiktok_shop", message: [.credential("app_key"), .body], signature: .header("authorization"))
}
