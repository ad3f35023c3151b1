import JSON
import Webhooks

/// What belongs to an order of Shopify's and comes by a topic of its own. Each names the order and says something of it.
/// Source: https://shopify.dev/docs/api/webhooks
enum ShopifyParts {
    /// What the body of such a kind says about its order; nil where it names none.
    static func order(_ kind: String, _ body: JSONObject) -> Order? {
        // Two rows for one order would come of a guess, so that only the members count that hold an order's id.
        let named = kind == "order edit" ? body["order_edit"]?["order_id"] : body["order_id"] ?? body["order"]?["id"]
        guard let id = named?.identifierText else { return nil }
        var order = Order(id: id)
        switch kind {
        case "fulfillment":
            // The list of all parcels is the order's to tell: this one knows only its own.
            order.fields[.trackingNumber] = body["status"] == "cancelled" ? nil : tracking(.object(body)).last
        case "refund":
            // The sum of several refunds is the order's to tell, by the same clock and, in one second, a higher rank.
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

    /// The amounts that a refund has paid back.
    static func repaid(_ refund: JSONValue) -> [JSONValue] {
        (refund["transactions"]?.list ?? []).filter {
            $0["kind"] == "refund" && ($0["status"] == nil || $0["status"] == "success")
        }.compactMap { $0["amount"] }
    }
}
