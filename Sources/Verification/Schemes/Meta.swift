extension Scheme {
    /// Meta (Facebook, Instagram, WhatsApp): `X-Hub-Signature-256: sha256=…` over the body as sent, escapes and all.
    public static let meta = Scheme(
        name: "meta", signature: .header("x-hub-signature-256", prefix: .required("sha256=")))
}
