extension Scheme {
    /// Printify: `X-Pfy-Signature: sha256=…` over the body.
    public static let printify = Scheme(
        name: "printify", signature: .header("x-pfy-signature", prefix: .required("sha256=")))
}
