import JSON
import Webhooks

/// What the words of the EverShop guide and of EverShop's tables mean in the vocabulary that all senders share.
///
/// EverShop's `order` has three words: `status`, `payment_status` and `shipment_status`. How far an order is follows from
/// all of them; an event that has only one of them says only what that one says.
enum EverShopStages {
    private static let ofStatus = [
        "pending": "unpaid", "paid": "to_ship", "processing": "to_ship", "shipped": "shipped",
        "delivered": "delivered", "completed": "delivered", "canceled": "cancelled", "cancelled": "cancelled",
        "returned": "returned", "on_hold": "on_hold",
    ]
    private static let ofShipment = [
        "shipped": "shipped", "in_transit": "shipped", "out_for_delivery": "shipped", "delivered": "delivered",
        "returned": "returned",
    ]

    /// The stage of an order.
    /// - Returns: nil when nothing tells it.
    static func stage(of order: JSONObject, status: JSONValue?) -> JSONValue? {
        let known = status?.string.flatMap { ofStatus[$0] }
        let stage =
            known == "cancelled" ? known : shipment(order["shipment_status"]) ?? known ?? payment(of: order)
        return stage.map(JSONValue.string)
    }

    /// The stage that a shipment's status or phase tells; nil when it tells none.
    static func shipment(_ word: JSONValue?) -> String? { word?.string.flatMap { ofShipment[$0] } }

    /// An order that is paid on delivery is to be shipped before it is paid.
    private static func payment(of order: JSONObject) -> String? {
        switch order["payment_status"]?.string {
        case "pending": order["payment_method"]?.string == "cod" ? "to_ship" : "unpaid"
        case "paid", "authorized": "to_ship"
        default: nil
        }
    }
}
