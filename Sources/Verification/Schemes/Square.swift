extension Scheme {
    /// Square: base64 over the notification URL, as it was registered, and the body, nothing between.
    /// Source: https://developer.squareup.com/docs/webhooks/step3validate
    public static let square = Scheme(
        name: "square", message: [.url, .body], encoding: .base64, signature: .header("x-square-hmacsha256-signature"))
}
