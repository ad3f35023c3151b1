import JSON
import Webhooks

/// How far an order of EverShop's is: it has three words, `status`, `payment_status` and `shipment_status`, and the stage
/// follows from all of them. An event that has only one of them says only what that one says.
enum EverShopStages {
    /// The stage of an order.
    /// - Returns: nil when nothing tells it; `.null` for a status that nobody knows, so that no older stage stays beside it.
    static func stage(of order: JSONObject, status: JSONValue?) -> JSONValue? {
        let known = status?.string.flatMap { Stage.ofEverShop[$0] }
        if isRepaid(order["payment_status"]) {
            return (shipment(order["shipment_status"]) == nil ? Stage.cancelled : .returned).value
        }
        let stage = known == .cancelled ? known : shipment(order["shipment_status"]) ?? known ?? payment(of: order)
        if let stage { return stage.value }
        return status?.string == nil || status == "new" ? nil : .null
    }

    /// The stage that a shipment's status or phase tells; nil when it tells none.
    static func shipment(_ word: JSONValue?) -> Stage? { word?.string.flatMap { Stage.ofEverShopShipment[$0] } }

    /// `stripe_refunded` and `paypal_refunded`: all of the money went back; the order's own word is then `closed`.
    private static func isRepaid(_ status: JSONValue?) -> Bool {
        status?.string.map { $0.hasSuffix("refunded") && !$0.contains("partial") } ?? false
    }

    /// An order that is paid on delivery is to be shipped before it is paid.
    private static func payment(of order: JSONObject) -> Stage? {
        switch order["payment_status"]?.string {
        case "pending": order["payment_method"]?.string == "cod" ? .toShip : .unpaid
        case "paid", "authorized": .toShip
        case "canceled": .cancelled
        default: nil
        }
    }
}
