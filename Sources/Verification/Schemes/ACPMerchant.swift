extension Scheme {
    /// Events of a shop in the Agentic Commerce Protocol: `Merchant-Signature: t=…,v1=…` over time and body. Only for our own
    /// requests. Source: https://github.com/agentic-commerce-protocol/agentic-commerce-protocol,
    /// spec/2026-04-17/openapi/openapi.agentic_checkout_webhook.yaml
    public static let acpMerchant = Scheme(
        name: "acp_merchant", message: [.timestamp, .literal("."), .body],
        signature: SignatureLocation(.headers(["merchant-signature"]), .pairs(separator: ",", key: "v1")),
        timestamp: TimestampRule(.pair(key: "t")))
}
