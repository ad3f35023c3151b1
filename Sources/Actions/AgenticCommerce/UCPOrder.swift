import JSON
import Providers
import Webhooks

/// The body of an order event of the Universal Commerce Protocol: the order as its capability `dev.ucp.shopping.order` has it,
/// version 2026-04-08 (https://github.com/Universal-Commerce-Protocol/ucp, schemas/shopping/order.json).
enum UCPOrder {
    /// - Parameters:
    ///   - checkout: the checkout that the order came from.
    ///   - permalink: the order's page for its buyer.
    ///   - version: of the protocol.
    /// - Throws: what the order lacks.
    static func json(
        _ order: AgentOrder, checkout: String, permalink: String, version: String, tellsAddress: Bool
    ) throws(AgentOrder.Objection) -> JSONObject {
        guard let subtotal = order.subtotal, let total = order.total else {
            throw AgentOrder.Objection(reason: "the order has no total, or a line without a price")
        }
        var json = JSONObject()
        json["ucp"] = [
            "version": .string(version),
            "capabilities": ["dev.ucp.shopping.order": [["version": .string(version)]]],
        ]
        json["id"] = .string(order.id)
        json["label"] = order.number.map(JSONValue.string)
        json["checkout_id"] = .string(checkout)
        json["permalink_url"] = .string(permalink)
        json["currency"] = .string(order.currency)
        json["line_items"] = .array(order.lines.map { line(order, $0) })
        json["fulfillment"] = .object(fulfillment(order, tellsAddress))
        json["adjustments"] = .array(adjustments(order))
        json["totals"] = .array(totals(order, subtotal: subtotal, total: total))
        return json
    }

    private static func total(_ type: String, _ amount: Int64, _ text: String? = nil) -> JSONValue {
        var json = JSONObject()
        json["type"] = .string(type)
        json["display_text"] = text.map(JSONValue.string)
        json["amount"] = .whole(amount)
        return .object(json)
    }

    private static func line(_ order: AgentOrder, _ line: AgentOrder.Line) -> JSONValue {
        var item = JSONObject()
        item["id"] = .string(line.product ?? line.id)
        item["title"] = .string(line.title)
        item["price"] = .whole(line.unitPrice ?? 0)
        item["image_url"] = line.imageURL.map(JSONValue.string)
        let subtotal = line.subtotal ?? 0
        return [
            "id": .string(line.id), "item": .object(item),
            "quantity": [
                "original": .whole(line.ordered), "total": .whole(order.current(line)),
                "fulfilled": .whole(order.fulfilled(line)),
            ],
            "totals": [total("subtotal", subtotal), total("total", subtotal)],
            "status": .string(order.progress(line)),
        ]
    }

    private static func references(_ order: AgentOrder) -> JSONValue {
        .array(order.lines.map { ["id": .string($0.id), "quantity": .whole($0.ordered)] })
    }

    private static func fulfillment(_ order: AgentOrder, _ tellsAddress: Bool) -> JSONObject {
        var json = JSONObject()
        if tellsAddress, order.address != nil, !order.isCancelled {
            json["expectations"] = [
                [
                    "id": "delivery", "line_items": references(order), "method_type": "shipping",
                    "destination": .object(destination(order)),
                ]
            ]
        }
        json["events"] = .array(order.parcels.compactMap { event(order, $0) })
        return json
    }

    /// The newest event of a parcel. No sender says when it was handed over: the order's time of change is the nearest to it.
    private static func event(_ order: AgentOrder, _ parcel: Parcel) -> JSONValue? {
        guard let time = parcel.deliveredAt ?? order.changedAt else { return nil }
        var json = JSONObject()
        json["id"] = .string("\(parcel.deliveredAt == nil ? "shipped" : "delivered")-\(parcel.number)")
        json["occurred_at"] = .string(time.rfc3339)
        json["type"] = .string(parcel.deliveredAt == nil ? "shipped" : "delivered")
        json["line_items"] = order.parcels.count == 1 && order.isAllShipped ? references(order) : []
        json["tracking_number"] = .string(parcel.number)
        json["tracking_url"] = parcel.url.map(JSONValue.string)
        json["carrier"] = parcel.carrier.map(JSONValue.string)
        return .object(json)
    }

    private static func destination(_ order: AgentOrder) -> JSONObject {
        var json = JSONObject()
        let members = [
            ("street_address", "address1"), ("extended_address", "address2"), ("address_locality", "city"),
            ("address_region", "region"), ("address_country", "country"), ("postal_code", "zip"),
        ]
        for (name, key) in members { json[name] = order.address(key).map(JSONValue.string) }
        if let name = (order.address("name") ?? order.customerName).flatMap(PersonName.init) {
            json["first_name"] = .string(name.first)
            json["last_name"] = .string(name.last)
        }
        return json
    }

    private static func adjustments(_ order: AgentOrder) -> [JSONValue] {
        guard let time = order.changedAt else { return [] }
        var all: [JSONValue] = []
        if order.refunded > 0 {
            all.append([
                "id": "refund", "type": "refund", "occurred_at": .string(time.rfc3339), "status": "completed",
                "totals": [total("total", -order.refunded)],
            ])
        }
        if order.isCancelled {
            all.append([
                "id": "cancellation", "type": "cancellation", "occurred_at": .string(time.rfc3339),
                "status": "completed",
                "line_items": .array(order.lines.map { ["id": .string($0.id), "quantity": .whole(-$0.ordered)] }),
            ])
        }
        return all
    }

    private static func totals(_ order: AgentOrder, subtotal: Int64, total amount: Int64) -> [JSONValue] {
        var all = [total("subtotal", subtotal, "Subtotal")]
        if let shipping = order.shipping, shipping >= 0 { all.append(total("fulfillment", shipping, "Shipping")) }
        if order.remainder > 0 { all.append(total("tax", order.remainder, "Taxes and fees")) }
        if order.remainder < 0 { all.append(total("discount", order.remainder, "Discounts")) }
        return all + [total("total", amount, "Total")]
    }
}
