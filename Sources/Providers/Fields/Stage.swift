import JSON

/// The stage of an order, in one vocabulary for all senders: `OrderField.stage`.
enum Stage: String, Sendable, CaseIterable {
    /// The money has not arrived.
    case unpaid
    /// The seller must not ship yet.
    case onHold = "on_hold"
    /// Paid, and not all of it is on its way.
    case toShip = "to_ship"
    /// All of it is on its way.
    case shipped
    /// The buyer has it, or the order is complete.
    case delivered
    /// It is off.
    case cancelled
    /// It was returned, or its money refunded.
    case returned

    /// The value of `OrderField.stage`.
    var value: JSONValue { .string(rawValue) }

    /// The `OrderField.stage` of a status.
    /// - Returns: nil without a status; `.null` for an unknown word, so that no older stage remains.
    static func value(of status: JSONValue?, in table: [String: Stage], _ other: (String) -> Stage? = { _ in nil })
        -> JSONValue?
    {
        status?.string.map { word in (table[word] ?? other(word))?.value ?? .null }
    }
}

/// The stages of each sender's own words. A word that a table does not know has no stage.
extension Stage {
    /// TikTok Shop's statuses, of its webhooks, its API and the guide.
    static let ofTikTokShop: [String: Stage] = [
        "UNPAID": .unpaid, "ON_HOLD": .onHold, "AWAITING_SHIPMENT": .toShip, "PARTIALLY_SHIPPING": .toShip,
        "AWAITING_COLLECTION": .toShip, "IN_TRANSIT": .shipped, "DELIVERED": .delivered, "COMPLETED": .delivered,
        "CANCEL": .cancelled, "CANCELLED": .cancelled,
    ]

    /// EverShop's statuses, of the guide and of its own orders; `closed` follows `completed`. `new` is not among them:
    /// it does not say whether it is paid.
    static let ofEverShop: [String: Stage] = [
        "pending": .unpaid, "on_hold": .onHold, "processing": .toShip, "paid": .toShip, "shipped": .shipped,
        "delivered": .delivered, "completed": .delivered, "closed": .delivered, "canceled": .cancelled,
        "cancelled": .cancelled, "refunded": .returned, "returned": .returned,
    ]

    /// EverShop's statuses and phases of a shipment, as far as they apply to the whole order.
    static let ofEverShopShipment: [String: Stage] = [
        "shipped": .shipped, "in_transit": .shipped, "out_for_delivery": .shipped, "delivered": .delivered,
        "returned": .returned,
    ]

    /// WooCommerce's statuses. Source: https://woocommerce.com/document/managing-orders/order-statuses
    static let ofWooCommerce: [String: Stage] = [
        "checkout-draft": .unpaid, "pending": .unpaid, "failed": .unpaid, "on-hold": .onHold, "processing": .toShip,
        "completed": .delivered, "refunded": .returned, "cancelled": .cancelled, "trash": .cancelled,
    ]

    /// Square's states of an order.
    static let ofSquare: [String: Stage] = [
        "DRAFT": .unpaid, "OPEN": .toShip, "COMPLETED": .delivered, "CANCELED": .cancelled,
    ]

    /// BigCommerce's statuses of an order.
    static let ofBigCommerce: [String: Stage] = [
        "Incomplete": .unpaid, "Pending": .unpaid, "Awaiting Payment": .unpaid, "Manual Verification Required": .onHold,
        "Awaiting Fulfillment": .toShip, "Awaiting Shipment": .toShip, "Awaiting Pickup": .toShip,
        "Partially Shipped": .toShip, "Shipped": .shipped, "Completed": .delivered, "Refunded": .returned,
        "Declined": .cancelled, "Cancelled": .cancelled,
    ]

    /// Etsy's statuses of a receipt. `Completed`: it is marked as shipped.
    static let ofEtsy: [String: Stage] = [
        "Open": .unpaid, "Payment Processing": .unpaid, "Paid": .toShip, "Completed": .shipped, "Canceled": .cancelled,
        "Fully Refunded": .returned,
    ]

    /// Words in general use, for senders whose contract leaves the status open; compared without regard to case.
    private static let inGeneral: [String: Stage] = [
        "new": .unpaid, "pending": .unpaid, "unpaid": .unpaid, "awaiting_payment": .unpaid, "hold": .onHold,
        "on_hold": .onHold, "held": .onHold, "paid": .toShip, "confirmed": .toShip, "processing": .toShip,
        "awaiting_shipment": .toShip, "unfulfilled": .toShip, "partially_shipped": .toShip, "shipped": .shipped,
        "fulfilled": .shipped, "in_transit": .shipped, "out_for_delivery": .shipped, "delivered": .delivered,
        "completed": .delivered, "complete": .delivered, "canceled": .cancelled, "cancelled": .cancelled,
        "void": .cancelled, "voided": .cancelled, "returned": .returned, "refunded": .returned,
    ]

    /// The stage of a word in general use: `On Hold`, `on-hold` and `on_hold` are one.
    init?(word: String) {
        let word = String(word.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        guard let stage = Self.inGeneral[word] else { return nil }
        self = stage
    }
}
