import JSON
import Providers
import Webhooks

/// The body of an order event of the Agentic Commerce Protocol, version 2026-04-17
/// (https://github.com/agentic-commerce-protocol/agentic-commerce-protocol, openapi.agentic_checkout_webhook.yaml).
enum ACPOrder {
    /// - Parameters:
    ///   - session: the checkout session that the order came from.
    ///   - permalink: the order's page for its buyer.
    static func data(_ order: AgentOrder, session: String, permalink: String, tellsAddress: Bool) -> JSONObject {
        var data = JSONObject()
        data["type"] = "order"
        data["id"] = .string(order.id)
        data["checkout_session_id"] = .string(session)
        data["order_number"] = order.number.map(JSONValue.string)
        data["permalink_url"] = .string(permalink)
        data["status"] = .string(status(order))
        data["line_items"] = .array(order.lines.map { line(order, $0) })
        data["fulfillments"] = .array(fulfillments(order, tellsAddress))
        data["adjustments"] = .array(adjustments(order))
        data["totals"] = .array(totals(order))
        return data
    }

    /// The word for its stage; a status without one is passed on as the sender writes it.
    private static func status(_ order: AgentOrder) -> String {
        switch order.stage {
        case "unpaid": "created"
        case "on_hold": "manual_review"
        case "to_ship": "processing"
        case "shipped": "shipped"
        case "delivered", "returned": "completed"
        case "cancelled": "canceled"
        default: order.status?.lowercased() ?? "created"
        }
    }

    private static func line(_ order: AgentOrder, _ line: AgentOrder.Line) -> JSONValue {
        var json = JSONObject()
        json["id"] = .string(line.id)
        json["title"] = .string(line.title)
        json["product_id"] = line.product.map(JSONValue.string)
        json["image_url"] = line.imageURL.map(JSONValue.string)
        json["quantity"] = [
            "ordered": .whole(line.ordered), "current": .whole(order.current(line)),
            "fulfilled": .whole(order.fulfilled(line)),
        ]
        json["unit_price"] = line.unitPrice.map(JSONValue.whole)
        json["subtotal"] = line.subtotal.map(JSONValue.whole)
        json["status"] = .string(order.progress(line))
        return .object(json)
    }

    /// One for each parcel.
    private static func fulfillments(_ order: AgentOrder, _ tellsAddress: Bool) -> [JSONValue] {
        let destination = tellsAddress ? destination(order) : nil
        return order.parcels.map { parcel in
            var json = JSONObject()
            json["id"] = .string("parcel-\(parcel.number)")
            json["type"] = "shipping"
            json["status"] = .string(parcel.deliveredAt == nil ? "shipped" : "delivered")
            if order.parcels.count == 1, order.isAllShipped {
                json["line_items"] = .array(order.lines.map { ["id": .string($0.id), "quantity": .whole($0.ordered)] })
            }
            json["carrier"] = parcel.carrier.map(JSONValue.string)
            json["tracking_number"] = .string(parcel.number)
            json["tracking_url"] = parcel.url.map(JSONValue.string)
            json["destination"] = destination
            if let time = parcel.deliveredAt {
                json["events"] = [
                    [
                        "id": .string("delivered-\(parcel.number)"), "type": "delivered",
                        "occurred_at": .string(time.rfc3339),
                    ]
                ]
            }
            return .object(json)
        }
    }

    /// Only a whole address: all its members but the second line are required.
    private static func destination(_ order: AgentOrder) -> JSONValue? {
        guard let name = order.address("name") ?? order.customerName,
            let line = order.address("address1") ?? order.address("full_address"), let city = order.address("city"),
            let country = order.address("country"), let zip = order.address("zip")
        else { return nil }
        var json = JSONObject()
        json["name"] = .string(name)
        json["line_one"] = .string(line)
        json["line_two"] = order.address("address2").map(JSONValue.string)
        json["city"] = .string(city)
        // Required, but many countries have none.
        json["state"] = .string(order.address("region") ?? "")
        json["country"] = .string(country.uppercased())
        json["postal_code"] = .string(zip)
        return .object(json)
    }

    private static func adjustments(_ order: AgentOrder) -> [JSONValue] {
        guard let time = order.changedAt else { return [] }
        var all: [JSONValue] = []
        if order.refunded > 0 {
            all.append([
                "id": "refund", "type": "refund", "occurred_at": .string(time.rfc3339), "status": "completed",
                "amount": .whole(order.refunded), "currency": .string(order.currency.lowercased()),
            ])
        }
        if order.isCancelled {
            all.append([
                "id": "cancellation", "type": "cancellation", "occurred_at": .string(time.rfc3339),
                "status": "completed",
            ])
        }
        return all
    }

    private static func totals(_ order: AgentOrder) -> [JSONValue] {
        func total(_ type: String, _ text: String, _ amount: Int64?) -> JSONValue? {
            amount.map { ["type": .string(type), "display_text": .string(text), "amount": .whole($0)] }
        }
        let remainder = order.remainder
        return [
            total("subtotal", "Subtotal", order.subtotal), total("fulfillment", "Shipping", order.shipping),
            total("tax", "Taxes and fees", remainder > 0 ? remainder : nil),
            total("discount", "Discounts", remainder < 0 ? -remainder : nil), total("total", "Total", order.total),
            total("amount_refunded", "Refunded", order.refunded > 0 ? order.refunded : nil),
        ].compactMap(\.self)
    }
}

extension JSONValue {
    static func whole(_ number: Int64) -> JSONValue { .number(JSONNumber(number)) }
}
