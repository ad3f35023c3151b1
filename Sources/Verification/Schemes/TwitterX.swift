extension Scheme {
    /// X (Twitter): `X-Twitter-Webhooks-Signature: sha256=…` in base64 over the body.
    public static let twitterX = Scheme(
        name: "twitter_x", encoding: .base64,
        signature: .header("x-twitter-webhooks-signature", prefix: .required("sha256=")))
}
