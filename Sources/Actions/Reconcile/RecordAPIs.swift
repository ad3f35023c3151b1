import Ledger
import Settings
import Webhooks

/// The providers whose APIs list products or customers by the time of their change.
enum RecordAPIs {
    /// What each of them lists beside orders.
    private static let kinds: [String: [RecordKind]] = [
        "tiktok_shop": [.product], "shopify": [.product, .customer], "woocommerce": [.product, .customer],
        "bigcommerce": [.product, .customer], "square": [.product, .customer],
    ]

    /// What the API of an action lists beside orders, as far as a rule of the source asks for it.
    static func kinds(of action: ActionSettings, _ source: SourceSettings, _ settings: Settings) -> [RecordKind] {
        guard action.kind.givesOrders, let provider = action.text("provider") else { return [] }
        return (kinds[provider] ?? []).filter { kind in
            settings.rules.contains { $0.asks(for: kind, of: source, settings.flags) }
        }
    }

    /// The list of products or customers of a shop.
    /// - Parameter shop: the same shop's list of orders.
    /// - Returns: nil if the provider has none.
    static func api(_ kind: RecordKind, of shop: any RecordListing) -> (any RecordListing)? {
        switch (shop, kind) {
        case (let shop as TikTokOrderAPI, .product): TikTokProductAPI(shop: shop)
        case (let shop as ShopifyOrderAPI, .product), (let shop as ShopifyOrderAPI, .customer):
            ShopifyRecordAPI(shop: shop, kind: kind)
        case (let shop as WooCommerceOrderAPI, .product): WooCommerceProductAPI(shop: shop)
        case (let shop as WooCommerceOrderAPI, .customer): WooCommerceCustomerAPI(shop: shop)
        case (let shop as BigCommerceOrderAPI, .product), (let shop as BigCommerceOrderAPI, .customer):
            BigCommerceRecordAPI(shop: shop, kind: kind)
        case (let shop as SquareOrderAPI, .product): SquareProductAPI(shop: shop)
        case (let shop as SquareOrderAPI, .customer): SquareCustomerAPI(shop: shop)
        default: nil
        }
    }
}
