extension Scheme {
    /// EverShop's own webhooks, from 2.3.0 on: `X-EverShop-Signature: t=…,v1=…` over `t.body`. The key is the text
    /// `whsec_…` itself.
    /// Source: https://evershop.io/docs/development/knowledge-base/webhooks
    public static let everShopWebhooks = Scheme(
        name: "evershop_webhooks", message: [.timestamp, .literal("."), .body],
        signature: SignatureLocation(.headers(["x-evershop-signature"]), .pairs(separator: ",", key: "v1")),
        timestamp: TimestampRule(.pair(key: "t")))
}
