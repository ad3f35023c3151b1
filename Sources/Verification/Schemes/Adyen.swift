extension Scheme {
    /// Adyen: base64 in the body, over eight of each item's fields with colons between; the key is hexadecimal. Every
    /// item of the batch must verify.
    /// Source: https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures/
    public static let adyen: Scheme = {
        let fields = [
            ["pspReference"], ["originalReference"], ["merchantAccountCode"], ["merchantReference"],
            ["amount", "value"], ["amount", "currency"], ["eventCode"], ["success"],
        ]
        var message: [MessagePart] = []
        for field in fields {
            if !message.isEmpty { message.append(.literal(":")) }
            message.append(.jsonField(["NotificationRequestItem"] + field))
        }
        var scheme = Scheme(
            name: "adyen", message: message, key: .hex, encoding: .base64,
            signature: SignatureLocation(.jsonField(["NotificationRequestItem", "additionalData", "hmacSignature"])))
        scheme.batch = ["notificationItems"]
        return scheme
    }()
}
