extension Scheme {
    /// The contract of the EverShop guide: `x-evershop-signature` over the raw body. If a shop sends the headers of
    /// Standard Webhooks, these are checked, because they sign id and time, too.
    public static let everShop: Scheme = {
        var standard = standardWebhooks(name: "evershop", key: .utf8OrBase64(prefix: "whsec_"))
        standard.applies = [Requirement(.header("webhook-signature"), .present)]
        return Scheme(name: "evershop", signature: .header("x-evershop-signature"), forms: [standard])
    }()
}
