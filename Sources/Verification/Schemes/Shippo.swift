extension Scheme {
    /// Shippo: `Shippo-Auth-Signature: t=…,v1=…` over `t.body`.
    /// Source: https://docs.goshippo.com/docs/tracking/webhooksecurity
    public static let shippo = Scheme(
        name: "shippo", message: [.timestamp, .literal("."), .body],
        signature: SignatureLocation(.headers(["shippo-auth-signature"]), .pairs(separator: ",", key: "v1")),
        timestamp: TimestampRule(.pair(key: "t")))
}
