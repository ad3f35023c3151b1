import JSON
import Ledger
import Providers
import Testing
import Verification
import Webhooks

/// What a provider sends about one order, for the tests that shuffle it. A provider with a clock joins them by a line in
/// ``withClock``.
struct EventStory: Sendable, CustomTestStringConvertible {
    /// The provider, in whose name the stored events can be read again.
    let provider: any Provider
    /// The order that all of it is about.
    let order: String
    /// The bodies, each with its own time in it.
    let bodies: [JSONValue]

    var testDescription: String { provider.name }

    static let withClock: [EventStory] = [
        EventStory(
            provider: TikTokShopGuideProvider(), order: "O",
            bodies: [
                Guide.body("order_created", order: "O", status: "UNPAID", at: 1_735_380_000, total: "49.98", more: line(1)),
                Guide.body("order_status_change", order: "O", status: "AWAITING_SHIPMENT", at: 1_735_380_010),
                // The same second as the one before: the status rank decides.
                Guide.body("package_shipped", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, total: "51.00"),
                // The same second and the same rank: the hash decides.
                Guide.body(
                    "order_status_change", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, more: JSONObject(["note": "left"])),
                Guide.body(
                    "order_status_change", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, total: "52.00",
                    more: JSONObject(["note": "right"])),
                Guide.body(
                    "order_status_change", order: "O", status: nil, at: 1_735_380_015, more: line(3)),
                Guide.body("order_cancelled", order: "O", status: "CANCEL", at: 1_735_380_020),
                // From the future, and so held back to five minutes after its arrival.
                Guide.body("order_status_change", order: "O", status: nil, at: 4_000_000_000, more: JSONObject(["note": "future"])),
            ])
    ]

    private static func line(_ quantity: Int64) -> JSONObject {
        JSONObject([
            "items": [["id": "1", "seller_sku": "S", "quantity": .number(JSONNumber(quantity)), "sale_price": "24.99"]]
        ])
    }

    /// All of it, normalized once: the same deliveries can be told of any source.
    func normalized(at received: Timestamp = Guide.now) throws -> [NormalizedDelivery] {
        try bodies.map { try normalize(Guide.verified($0, by: provider, at: received), by: provider) }
    }
}

extension JSONObject {
    /// The members of an object literal.
    init(_ value: JSONValue) { self = value.object ?? JSONObject() }
}
