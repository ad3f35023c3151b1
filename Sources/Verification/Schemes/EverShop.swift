extension Scheme {
    /// The contract of the EverShop guide: `x-evershop-signature` over the raw body. A shop that sends the headers of
    /// Standard Webhooks is held to those, which sign id and time, too.
    public static let everShop: Scheme = {
        var standard = standardWebhooks(name: "evershop", key: .utf8OrBase64(prefix: "whsec_"))
        standard.applies = [Requirement(.header("webhook-signature"), .present)]
        return Scheme(name: "evershop", signature: .header("x-evershop-signature"), forms: [standard])
    }()
}
