import Providers
import Settings

/// The providers whose APIs are only listed: events, deliveries, or orders that cannot be fetched by their id.
enum ListingAPIs {
    static let providers = ["evershop", "github", "stripe"]

    /// The API of an action of kind `listing`.
    /// - Returns: nil for another kind, and when a setting is missing that the provider's API needs.
    static func api(_ settings: ActionSettings) -> (any PageListing)? {
        guard settings.kind == ProviderListing.kind else { return nil }
        if settings.text("provider") == "evershop" { return everShop(settings) }
        guard let token = settings.secret("access_token") else { return nil }
        switch settings.text("provider") {
        case "github":
            guard let url = settings.text("hook_url"), let owner = GitHubAPI.Owner(settings) else { return nil }
            return GitHubAPI(
                base: settings.text("base_url") ?? GitHubAPI.defaultBase, accessToken: token, owner: owner, hookURL: url
            )
        case "stripe":
            guard let provider = ProviderRegistry.named("stripe") else { return nil }
            return StripeAPI(
                provider: provider, base: settings.text("base_url") ?? StripeAPI.defaultBase, accessToken: token,
                account: settings.text("account"), types: settings.list("types"),
                onlyUndelivered: settings.boolean("undelivered_only") ?? false)
        default: return nil
        }
    }

    private static func everShop(_ settings: ActionSettings) -> (any PageListing)? {
        guard let base = settings.text("base_url"), let email = settings.text("email"),
            let password = settings.secret("password"), let provider = ProviderRegistry.named("evershop_detail")
        else { return nil }
        let lookback = settings.duration("lookback") ?? EverShopListing.standardLookback
        return EverShopListing(
            provider: provider, base: base, email: email, password: password, lookback: lookback.components.seconds)
    }
}
