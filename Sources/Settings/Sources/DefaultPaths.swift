/// The paths of the guides, for sources that name none.
enum DefaultPaths {
    private static let ofGuides = [
        "tiktok_shop": ["/webhook/tiktok"],
        "tiktok_shop_guide": ["/webhook/tiktok"],
        "tiktok_comments_guide": ["/webhook"],
        "tiktok_developers": ["/webhook"],
        "tiktok_business": ["/webhook"],
        "roms": ["/api/v2/webhooks/orders"],
        "evershop": [
            "/api/webhooks/evershop/product", "/api/webhooks/evershop/order", "/api/webhooks/evershop/customer",
        ],
        "evershop_webhooks": ["/webhook/evershop"],
    ]

    /// The paths of a provider: its guide's, else `/webhook/<provider>`.
    static func of(_ provider: String) -> [String] { ofGuides[provider] ?? ["/webhook/\(provider)"] }

    /// Paths that the responder answers itself.
    static let reserved = ["/health", "/webhook/health"]
}
