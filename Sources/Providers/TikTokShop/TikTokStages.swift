import JSON
import Webhooks

/// What TikTok's words for the status of an order mean in the vocabulary that all senders share.
enum TikTokStages {
    private static let stages = [
        "UNPAID": "unpaid", "ON_HOLD": "on_hold", "AWAITING_SHIPMENT": "to_ship", "PARTIALLY_SHIPPING": "to_ship",
        "AWAITING_COLLECTION": "to_ship", "IN_TRANSIT": "shipped", "DELIVERED": "delivered", "COMPLETED": "delivered",
        "CANCEL": "cancelled", "CANCELLED": "cancelled",
    ]

    /// The stage of a status.
    /// - Returns: nil without a status; `.null` for a word that nobody knows, so that no older stage stays beside it.
    static func stage(of status: JSONValue?) -> JSONValue? {
        status?.string.map { stages[$0].map(JSONValue.string) ?? .null }
    }
}
