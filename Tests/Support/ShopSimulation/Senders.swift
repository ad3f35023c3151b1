internal import StandIns
internal import Webhooks

/// The topics of the shops' webhooks.
enum Subscribed {
    /// As the shop's API names them.
    static func topics(_ shop: ShopStandIns.Shop) -> [String] {
        switch shop {
        case .tiktok: ["ORDER_STATUS_CHANGE"]
        case .shopify: ["ORDERS_CREATE", "ORDERS_UPDATED"]
        default: ["order.created", "order.updated"]
        }
    }

    /// As the configuration names them.
    static func expected(_ shop: ShopStandIns.Shop) -> [String] {
        shop == .shopify ? ["orders/create", "orders/updated"] : topics(shop)
    }

    /// The topic of a change.
    static func topic(_ order: ShopOrder) -> String {
        let topics = topics(order.shop)
        return order.changedAt == order.placedAt ? topics[0] : topics[topics.count - 1]
    }
}

/// How the shops deliver, as long as a webhook is registered: TikTok Shop and Shopify retry for hours, WooCommerce never
/// does. Shopify removes a webhook after eight failures of a delivery, WooCommerce disables it after more than five in a row.
struct Senders {
    /// A delivery that waits for its next attempt.
    struct Waiting {
        let order: ShopOrder
        let serial: Int
        var attempt = 0
        var minute: Int

        var topic: String { Subscribed.topic(order) }
    }

    private var waiting: [Waiting] = []
    private var failuresInARow: [String: Int] = [:]
    private var serial = 0
    private var on: [ShopStandIns.Shop: Set<String>] = [:]

    /// The minutes after which a failed attempt is repeated.
    private static let pauses: [ShopStandIns.Shop: [Int]] = [
        .tiktok: [1, 5, 15, 30, 60, 120, 240], .shopify: [1, 5, 20, 45, 60, 60, 60], .woocommerce: [],
    ]

    /// The topics of a shop whose webhooks are on from now on.
    mutating func setSubscribed(_ topics: Set<String>, of shop: ShopStandIns.Shop) {
        for topic in topics.subtracting(on[shop] ?? []) { failuresInARow[topic] = 0 }
        on[shop] = topics
    }

    /// Whether all webhooks of a shop are on.
    func isOn(_ shop: ShopStandIns.Shop) -> Bool { on[shop]?.count == Subscribed.topics(shop).count }

    /// A change of an order, to be delivered at once.
    mutating func add(_ order: ShopOrder, minute: Int) {
        serial += 1
        waiting.append(Waiting(order: order, serial: serial, minute: minute))
    }

    /// The deliveries of a minute. Those whose webhook is off are given up.
    mutating func take(minute: Int) -> [Waiting] {
        waiting.removeAll { $0.minute <= minute && on[$0.order.shop]?.contains($0.topic) != true }
        let due = waiting.filter { $0.minute <= minute }
        waiting.removeAll { $0.minute <= minute }
        return due
    }

    /// The end of an attempt.
    /// - Returns: whether the provider switches its webhook off.
    mutating func note(_ delivery: Waiting, isAccepted: Bool, minute: Int) -> Bool {
        let failures = isAccepted ? 0 : failuresInARow[delivery.topic, default: 0] + 1
        if delivery.order.shop == .woocommerce { failuresInARow[delivery.topic] = failures }
        if isAccepted { return false }
        let pauses = Self.pauses[delivery.order.shop] ?? []
        guard delivery.attempt < pauses.count else {
            return delivery.order.shop == .shopify || delivery.order.shop == .woocommerce && failures > 5
        }
        var again = delivery
        again.minute = minute + pauses[delivery.attempt]
        again.attempt += 1
        waiting.append(again)
        return false
    }
}
