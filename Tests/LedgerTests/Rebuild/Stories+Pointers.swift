import JSON
import Webhooks

/// Senders that only point at their orders.
extension EventStory {
    static let square = named("square") {
        [("created", "DRAFT", 0), ("updated", "OPEN", 1), ("updated", "COMPLETED", 1), ("updated", "CANCELED", 2)]
            .enumerated().map { place, told in
                let (type, state, second) = told
                var object = JSONObject()
                object["order_" + type] = ["state": .string(state)]
                return Step([
                    "merchant_id": "M", "type": .string("order.\(type)"), "event_id": .string("e\(place)"),
                    "created_at": .string("2025-10-28T12:00:0\(second)Z"),
                    "data": [
                        "type": .string("order_\(type)"), "id": "O",
                        "object": .object(object),
                    ],
                ])
            }
    }

    static let bigCommerce = named("bigcommerce") {
        // The same second twice: the hash decides. Ids are the store's own, so that all are of one.
        [("created", 0), ("updated", 1), ("statusUpdated", 1)]
            .map { type, second in
                Step(
                    [
                        "store_id": "1", "producer": "stores/a", "scope": .string("store/order/" + type),
                        "data": ["type": "order", "id": 250], "hash": .string("h-" + type),
                        "created_at": .number(JSONNumber(1_735_380_000 + second)),
                    ], headers: [("webhook-id", "msg_" + type)])
            }
    }

    /// Its clock is the time of sending, in a signed header.
    static let etsy = named("etsy") {
        [("paid", 1, 0), ("shipped", 2, 60), ("delivered", 3, 60), ("canceled", 4, 120)].map { type, shop, second in
            Step(
                [
                    "event_type": .string("order." + type), "resource_url": "https://api.example/shops/1/receipts/77",
                    "shop_id": .number(JSONNumber(shop)),
                ], headers: [("webhook-id", "msg_" + type)], sent: second)
        }
    }
}
