extension Scheme {
    /// The contract of the ROMS order guide: `X-Webhook-Signature` over the body.
    public static let roms = Scheme(name: "roms", signature: .header("x-webhook-signature"))
}
