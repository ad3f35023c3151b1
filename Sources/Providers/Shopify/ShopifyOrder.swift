import JSON
import Webhooks

/// Shopify's order resource. Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order
enum ShopifyOrder {
    static func order(_ id: String, _ object: JSONObject, shop: String?, unread: inout [String]) -> Order {
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        let status = status(object)
        fields[.status] = status.map(JSONValue.string)
        fields[.stage] = stage(object)?.value
        fields[.shopID] = shop.map(JSONValue.string)
        fields[.shippingFee] = reader.look(
            object["total_shipping_price_set"]?["shop_money"]?["amount"], "total_shipping_price_set", as: .money)
        track(object["fulfillments"]?.list ?? [], &fields)
        if let refunds = object["refunds"]?.list {
            fields[.refundedAmount] = reader.look(.array(refunds), "refunds", as: .by(refunded))
        }
        let customer = object["customer"]
        fields[.customerName] =
            fullName(customer?["first_name"], customer?["last_name"]) ?? fields[.shippingAddress]?["name"]
        unread += reader.unread
        var order = Order(
            id: id, fields: fields, extra: reader.extra, statusRank: status.flatMap { ranks[$0] } ?? 0)
        for refund in (object["refunds"]?.list ?? []).prefix(100) {
            let amounts = ShopifyParts.repaid(refund)
            if !amounts.isEmpty {
                order.keep(refund: DecimalSum.ofMagnitudes(amounts), id: refund["id"]?.identifierText)
            }
        }
        return order
    }

    /// The numbers of all parcels that are on their way, and the last one.
    private static func track(_ fulfillments: [JSONValue], _ fields: inout Fields<OrderField>) {
        var numbers: [JSONValue] = []
        for fulfillment in fulfillments where fulfillment["status"] != "cancelled" {
            for number in ShopifyParts.tracking(fulfillment) where !numbers.contains(number) { numbers.append(number) }
        }
        guard let last = numbers.last else { return }
        fields[.trackingNumber] = last
        fields[.trackingNumbers] = .array(Array(numbers.prefix(100)))
    }

    /// The sum of all refunds; null without any.
    @Sendable private static func refunded(_ refunds: JSONValue) -> JSONValue? {
        let amounts = (refunds.array ?? []).flatMap(ShopifyParts.repaid)
        return amounts.isEmpty ? .null : DecimalSum.ofMagnitudes(amounts)
    }

    /// Shopify has a payment status and a delivery status: the more specific word of the two.
    private static func status(_ order: JSONObject) -> String? {
        if let time = order["cancelled_at"], time.saysSomething { return "cancelled" }
        let payment = order["financial_status"]?.identifierText
        if payment == "refunded" || payment == "voided" { return payment }
        return order["fulfillment_status"]?.identifierText ?? payment
    }

    /// The stage from Shopify's two statuses and its time of cancellation.
    private static func stage(_ order: JSONObject) -> Stage? {
        if order.shows("cancelled_at") { return .cancelled }
        let payment = order["financial_status"]?.string
        let delivery = order["fulfillment_status"]?.string
        if payment == "voided" { return .cancelled }
        if payment == "refunded" { return delivery == nil ? .cancelled : .returned }
        switch delivery {
        case "fulfilled":
            let parcels = (order["fulfillments"]?.list ?? []).filter { $0["status"] != "cancelled" }
            let have = parcels.allSatisfy { $0["shipment_status"] == "delivered" }
            return have && !parcels.isEmpty ? .delivered : .shipped
        case "restocked": return .cancelled
        case "partial": return .toShip
        default: break
        }
        return switch payment {
        case "pending", "authorized", "partially_paid", "expired": .unpaid
        case "paid", "partially_refunded": .toShip
        default: nil
        }
    }

    private static let ranks = [
        "pending": 10, "authorized": 15, "partially_paid": 20, "paid": 30, "partially_refunded": 35, "partial": 40,
        "fulfilled": 50, "restocked": 60, "refunded": 70, "voided": 75, "cancelled": 80,
    ]

    private static let map = FieldMap<OrderField>([
        (.orderNumber, ["name", "order_number"], .looseText), (.totalAmount, ["total_price"], .money),
        (.currency, ["currency"], .text), (.email, ["email", "contact_email"], .words),
        (.phone, ["phone"], .words), (.placedAt, ["created_at"], .date), (.changedAt, ["updated_at"], .date),
        (.items, ["line_items"], .by(lines.items)),
        (.shippingAddress, ["shipping_address"], .by(AddressFields.shopify.address)),
    ])

    private static let lines = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], .identifier), (.productName, ["title", "name"], .text),
            (.variantID, ["variant_id"], .identifier), (.variantName, ["variant_title"], .words),
            (.sku, ["sku"], .words), (.quantity, ["quantity"], .quantity), (.unitPrice, ["price"], .money),
        ]))
}

extension AddressFields {
    /// An address of Shopify's.
    static let shopify = AddressFields(
        map: FieldMap([
            (.name, ["name"], .words), (.phone, ["phone"], .words), (.address1, ["address1"], .longText),
            (.address2, ["address2"], .longText), (.city, ["city"], .text), (.region, ["province"], .text),
            (.zip, ["zip"], .text), (.country, ["country_code", "country"], .text),
        ]))
}
