import JSON
import LedgerSupport
import Providers

extension EventStory {
    static let tikTokGuide = EventStory(
        provider: TikTokShopGuideProvider(),
        steps: [
            Step(
                Guide.body(
                    "order_created", order: "O", status: "UNPAID", at: 1_735_380_000, total: "49.98", more: line(1))),
            Step(Guide.body("order_status_change", order: "O", status: "AWAITING_SHIPMENT", at: 1_735_380_010)),
            // The same second as the one before: the status rank decides.
            Step(Guide.body("package_shipped", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, total: "51.00")),
            // The same second and the same rank: the hash decides.
            Step(
                Guide.body(
                    "order_status_change", order: "O", status: "IN_TRANSIT", at: 1_735_380_010,
                    more: JSONObject(["note": "left"]))),
            Step(
                Guide.body(
                    "order_status_change", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, total: "52.00",
                    more: JSONObject(["note": "right"]))),
            Step(Guide.body("order_status_change", order: "O", status: nil, at: 1_735_380_015, more: line(3))),
            Step(Guide.body("order_cancelled", order: "O", status: "CANCEL", at: 1_735_380_020)),
            // From the future, and so held back to five minutes after its arrival.
            Step(
                Guide.body(
                    "order_status_change", order: "O", status: nil, at: 4_000_000_000,
                    more: JSONObject(["note": "future"]))),
        ])

    private static func line(_ quantity: Int64) -> JSONObject {
        JSONObject([
            "items": [["id": "1", "seller_sku": "S", "quantity": .number(JSONNumber(quantity)), "sale_price": "24.99"]]
        ])
    }

    static let tikTokShop = EventStory(
        provider: TikTokShopProvider(),
        steps: ["UNPAID", "AWAITING_SHIPMENT", "IN_TRANSIT", "DELIVERED", "COMPLETED"].enumerated().map {
            place, status in
            // Two statuses a second.
            let time = JSONValue.number(JSONNumber(1_735_380_000 + Int64(place / 2)))
            return Step([
                "type": 1, "tts_notification_id": .string("n\(place)"), "shop_id": "7", "timestamp": time,
                "data": ["order_id": "O", "order_status": .string(status), "update_time": time],
            ])
        })

    static let everShop = named("evershop") {
        [
            ("created", "new", 0), ("updated", "processing", 1), ("updated", "shipped", 1),
            ("updated", "delivered", 2),
        ]
        .map { type, status, second in
            Step([
                "event": .string("order." + type), "timestamp": .string("2025-10-28T12:00:0\(second)Z"),
                "data": [
                    "id": "O", "orderNumber": "ORD-O", "status": .string(status),
                    "grandTotal": .string("\(second)9.50"),
                    "items": [["id": "1", "sku": "S", "qty": 1, "price": "9.50"]], "step": .string(status),
                ],
            ])
        }
    }

    static let shopify = named("shopify") {
        [
            ("create", "pending", JSONValue.null, 0), ("paid", "paid", .null, 1),
            ("fulfilled", "paid", "fulfilled", 1),
            ("updated", "refunded", "fulfilled", 2),
        ].map { topic, payment, delivery, second in
            Step(
                [
                    "id": 820_982_911, "name": "#1001", "financial_status": .string(payment),
                    "fulfillment_status": delivery, "total_price": .string("1\(second).00"), "currency": "USD",
                    "updated_at": .string("2025-10-28T12:00:0\(second)-05:00"), "note": .string(topic),
                    "line_items": [["id": 1, "sku": "S", "quantity": 2, "price": "5.00", "title": "Mug"]],
                ],
                headers: [("x-shopify-topic", "orders/" + topic), ("x-shopify-shop-domain", "a.myshopify.com")])
        }
    }

    static let wooCommerce = named("woocommerce") {
        [
            ("created", "pending", 0), ("updated", "processing", 1), ("updated", "completed", 1),
            ("updated", "refunded", 3),
        ]
        .map { type, status, second in
            Step(
                [
                    "id": 727, "status": .string(status), "total": .string("2\(second).35"), "currency": "USD",
                    "date_modified_gmt": .string("2025-10-28T12:00:0\(second)"), "customer_note": .string(status),
                    "line_items": [["id": 1, "sku": "S", "quantity": 2, "price": 5, "name": "Mug"]],
                ],
                headers: [("x-wc-webhook-topic", "order." + type), ("x-wc-webhook-source", "https://a.example/")])
        }
    }
}
