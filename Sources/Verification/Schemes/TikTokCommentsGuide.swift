extension Scheme {
    /// The contract of the comment moderation guide: `X-TikTok-Signature` over the body. TikTok itself never sends it.
    public static let tikTokCommentsGuide = Scheme(
        name: "tiktok_comments_guide", signature: .header("x-tiktok-signature"))
}
