extension Scheme {
    /// TikTok for Developers: `TikTok-Signature: t=…,s=…` over `t.body`, with the client secret; several `s` may come.
    /// Source: https://developers.tiktok.com/doc/webhooks-verification
    public static let tikTokDevelopers = Scheme(
        name: "tiktok_developers", message: [.timestamp, .literal("."), .body],
        signature: SignatureLocation(.headers(["tiktok-signature"]), .pairs(separator: ",", key: "s")),
        timestamp: TimestampRule(.pair(key: "t")))
}
