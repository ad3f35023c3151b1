import JSON
import Webhooks

/// The stage of an EverShop order follows from three words: `status`, `payment_status` and `shipment_status`. An event
/// with only one of them gives only that part.
enum EverShopStages {
    /// The stage of an order.
    /// - Returns: nil without any of them; `.null` for an unknown status, so that no older stage remains.
    static func stage(of order: JSONObject, status: JSONValue?) -> JSONValue? {
        let known = status?.string.flatMap { Stage.ofEverShop[$0] }
        if isRepaid(order["payment_status"]) {
            return (shipment(order["shipment_status"]) == nil ? Stage.cancelled : .returned).value
        }
        let stage = known == .cancelled ? known : shipment(order["shipment_status"]) ?? known ?? payment(of: order)
        if let stage { return stage.value }
        return status?.string == nil || status == "new" ? nil : .null
    }

    /// The stage of a shipment's status or phase; nil if it has none.
    static func shipment(_ word: JSONValue?) -> Stage? { word?.string.flatMap { Stage.ofEverShopShipment[$0] } }

    /// `stripe_refunded` and `paypal_refunded`: all of the money went back; the order's own word is then `closed`.
    private static func isRepaid(_ status: JSONValue?) -> Bool {
        status?.string.map { $0.hasSuffix("refunded") && !$0.contains("partial") } ?? false
    }

    /// An order that is paid on delivery is shipped before it is paid.
    private static func payment(of order: JSONObject) -> Stage? {
        switch order["payment_status"]?.string {
        case "pending": order["payment_method"]?.string == "cod" ? .toShip : .unpaid
        case "paid", "authorized": .toShip
        case "canceled": .cancelled
        default: nil
        }
    }
}
