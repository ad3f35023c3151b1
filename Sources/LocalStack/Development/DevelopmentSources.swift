internal import Providers
internal import Settings
internal import Verification

/// `sources:` of a private stack: every provider, on the path of its guide or on `/webhook/<provider>`.
enum DevelopmentSources {
    /// The section's lines, below `sources:`.
    static var text: String { guides + others.map(line).joined(separator: "\n") }

    private static let guides = """
          tiktok-shop:
            providers: [tiktok_shop, tiktok_shop_guide]
            paths: [/webhook/tiktok]
            credentials: { app_key: { env: TIKTOK_APP_KEY } }
            secrets: [ { env: TIKTOK_APP_SECRET } ]
          tiktok:
            paths: [/webhook]
            providers:
              tiktok_comments_guide: { secrets: { env: WEBHOOK_SECRET } }
              tiktok_developers: { secrets: { env: TIKTOK_CLIENT_SECRET } }
              tiktok_business: { secrets: { env: TIKTOK_BUSINESS_SECRET } }
          evershop:
            providers: [evershop, evershop_webhooks]
            secrets: { env: EVERSHOP_WEBHOOK_SECRET }
          # The ROMS guide makes the signature optional, and has Shopify and WooCommerce send to the same path.
          roms:
            paths: [/api/v2/webhooks/orders]
            providers:
              roms: { secrets: { env: WEBHOOK_SECRET }, verification: optional }
              shopify: { secrets: { env: SHOPIFY_WEBHOOK_SECRET }, kept_as: shopify }
              woocommerce: { secrets: { env: WOOCOMMERCE_WEBHOOK_SECRET }, kept_as: woocommerce }

        """

    private static var others: [any Provider] {
        let done = [
            "tiktok_shop", "tiktok_shop_guide", "tiktok_comments_guide", "tiktok_developers", "tiktok_business",
        ]
        return ProviderRegistry.all.filter { !(done + ["evershop", "evershop_webhooks", "roms"]).contains($0.name) }
    }

    private static func line(_ provider: any Provider) -> String {
        let name = provider.name
        let secret =
            DevelopmentKeys.kind(for: provider) == nil
            ? "env: \(ProviderVariables.secret(of: name))" : "file: \(DevelopmentKeys.publicFile(of: name))"
        let credentials = ProviderVariables.credentials(of: name).sorted { $0.key < $1.key }
            .map { "\($0.key): { env: \($0.value) }" }.joined(separator: ", ")
        // Both are verified with the shop's secret.
        if provider.family != name {
            return "  \(name): { providers: { \(name): { secrets: { \(secret) }, kept_as: \(provider.family) } } }"
        }
        return "  \(name): { providers: \(name), secrets: { \(secret) }"
            + (credentials.isEmpty ? "" : ", credentials: { \(credentials) }") + " }"
    }
}
