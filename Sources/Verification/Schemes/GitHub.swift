extension Scheme {
    /// GitHub: `X-Hub-Signature-256: sha256=…` over the body.
    /// Source: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    public static let gitHub = Scheme(
        name: "github", signature: .header("x-hub-signature-256", prefix: .required("sha256=")))
}
