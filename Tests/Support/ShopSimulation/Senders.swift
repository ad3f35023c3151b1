internal import StandIns
internal import Webhooks

/// How the shops deliver: TikTok Shop and Shopify retry for hours, WooCommerce never does, and switches its webhook off
/// after more than five failures in a row.
struct Senders {
    /// A delivery that waits for its next attempt.
    struct Waiting {
        let order: ShopOrder
        let serial: Int
        var attempt = 0
        var minute: Int
    }

    private(set) var waiting: [Waiting] = []
    private var failuresInARow = 0
    private var serial = 0
    /// Whether WooCommerce has switched its webhook off.
    private(set) var isDisabled = false

    /// The minutes after which a failed attempt is repeated.
    private static let pauses: [ShopStandIns.Shop: [Int]] = [
        .tiktok: [1, 5, 15, 30, 60, 120, 240], .shopify: [1, 5, 20, 45, 60, 60, 60], .woocommerce: [],
    ]

    /// A change of an order, to be delivered at once.
    mutating func add(_ order: ShopOrder, minute: Int) {
        serial += 1
        if order.shop == .woocommerce, isDisabled { return }
        waiting.append(Waiting(order: order, serial: serial, minute: minute))
    }

    /// The deliveries of a minute.
    mutating func take(minute: Int) -> [Waiting] {
        let due = waiting.filter { $0.minute <= minute }
        waiting.removeAll { $0.minute <= minute }
        return due
    }

    /// The end of an attempt.
    mutating func note(_ delivery: Waiting, isAccepted: Bool, minute: Int) {
        if delivery.order.shop == .woocommerce {
            failuresInARow = isAccepted ? 0 : failuresInARow + 1
            if failuresInARow > 5 { isDisabled = true }
        }
        guard !isAccepted, let pauses = Self.pauses[delivery.order.shop], delivery.attempt < pauses.count else {
            return
        }
        var again = delivery
        again.minute = minute + pauses[delivery.attempt]
        again.attempt += 1
        waiting.append(again)
    }

    /// A person switches WooCommerce's webhook on again.
    mutating func enable() {
        isDisabled = false
        failuresInARow = 0
    }
}
