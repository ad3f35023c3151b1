public import Webhooks

/// The providers there are.
public enum ProviderRegistry {
    /// Every provider.
    public static let all: [any Provider] = [
        TikTokShopProvider(), TikTokShopGuideProvider(), TikTokShopDetailProvider(),
    ]

    /// The provider of that name.
    /// - Returns: nil when there is none.
    public static func named(_ name: String) -> (any Provider)? { all.first { $0.name == name } }

    /// The provider whose contract a delivery is to be held to, among those that its source speaks.
    /// - Returns: the only one, or the first that recognizes the delivery; nil when several are there and none does.
    public static func choose(for delivery: Delivery, among providers: [any Provider]) -> (any Provider)? {
        providers.count == 1 ? providers.first : providers.first { $0.recognizes(delivery) }
    }
}
