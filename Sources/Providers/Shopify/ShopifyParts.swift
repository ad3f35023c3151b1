import JSON
import Webhooks

/// Parts of a Shopify order with their own topics. Each names the order. Source: https://shopify.dev/docs/api/webhooks
enum ShopifyParts {
    /// The values of such a body for its order; nil if it names none.
    static func order(_ kind: String, _ body: JSONObject) -> Order? {
        // A guess could make two rows for one order, so only members with an order's id are used.
        let named = kind == "order edit" ? body["order_edit"]?["order_id"] : body["order_id"] ?? body["order"]?["id"]
        guard let id = named?.identifierText else { return nil }
        var order = Order(id: id)
        switch kind {
        case "fulfillment":
            // Only the order has the list of all parcels.
            order.fields[.trackingNumber] = body["status"] == "cancelled" ? nil : tracking(.object(body)).last
        case "refund":
            // The order itself has the sum of several refunds, with the same clock and, within a second, a higher rank.
            let amounts = repaid(.object(body))
            if !amounts.isEmpty { order.refund(DecimalSum.ofMagnitudes(amounts), id: body["id"]?.identifierText) }
        case "return": order.fields[.returnStatus] = body["status"]?.asIdentifier
        case "order edit": order.extra["order_edit"] = body["order_edit"]?.storable
        case "transaction":
            let names = ["id", "kind", "status", "amount", "currency", "gateway"]
            let said = names.compactMap { name in body[name].map { (name, $0.storable) } }
            order.extra["last_transaction"] = .object(said.reduce(into: JSONObject()) { $0[$1.0] = $1.1 })
        default: return nil
        }
        return order
    }

    /// The tracking numbers of one parcel or more, each as text.
    static func tracking(_ fulfillment: JSONValue) -> [JSONValue] {
        let several = (fulfillment["tracking_numbers"]?.list ?? []).compactMap { $0.asLooseText }
        let numbers = several.isEmpty ? [fulfillment["tracking_number"]?.asLooseText].compactMap(\.self) : several
        return numbers.filter { $0 != "" }
    }

    /// The amounts of a refund.
    static func repaid(_ refund: JSONValue) -> [JSONValue] {
        (refund["transactions"]?.list ?? []).filter {
            $0["kind"] == "refund" && ($0["status"] == nil || $0["status"] == "success")
        }.compactMap { $0["amount"] }
    }
}
