internal import Crypto
package import JSON
package import StandIns
internal import Verification
package import Webhooks

/// One order of a simulated shop.
package struct ShopOrder: Sendable {
    /// Its shop.
    package let shop: ShopStandIns.Shop
    /// Its id.
    package let id: String
    /// When it was placed.
    package let placedAt: Timestamp
    /// When it last changed; whole seconds.
    package var changedAt: Timestamp
    /// Where it stands.
    package var state: State

    /// The states of an order, the same for all shops.
    package enum State: String, Sendable {
        case unpaid, paid, shipped, cancelled, trash
    }

    /// An order of those parts.
    package init(_ shop: ShopStandIns.Shop, _ id: String, placedAt: Timestamp, state: State = .unpaid) {
        self.shop = shop
        self.id = id
        self.placedAt = placedAt
        changedAt = placedAt
        self.state = state
    }

    private static let words: [ShopStandIns.Shop: [State: String]] = [
        .tiktok: [.unpaid: "UNPAID", .paid: "AWAITING_SHIPMENT", .shipped: "IN_TRANSIT", .cancelled: "CANCELLED"],
        .woocommerce: [
            .unpaid: "pending", .paid: "processing", .shipped: "completed", .cancelled: "cancelled", .trash: "trash",
        ],
    ]

    private var word: JSONValue { Self.words[shop]?[state].map(JSONValue.string) ?? .null }
    private var number: JSONValue { .number(JSONNumber(Int64(id) ?? 0)) }

    /// The whole order, as the shop's API gives it.
    package var body: JSONValue {
        switch shop {
        case .tiktok:
            [
                "id": .string(id), "status": word, "create_time": .number(JSONNumber(placedAt.seconds)),
                "update_time": .number(JSONNumber(changedAt.seconds)), "buyer_email": "buyer@example.com",
                "payment": ["total_amount": "12.50", "currency": "EUR", "shipping_fee": "2.50"],
                "line_items": [
                    ["id": "1", "product_id": "p1", "product_name": "Mug", "sku_id": "s1", "sale_price": "10"]
                ],
            ]
        case .shopify:
            [
                "id": number, "admin_graphql_api_id": .string("gid://shopify/Order/\(id)"), "name": .string("#\(id)"),
                "order_number": number, "created_at": .string(placedAt.rfc3339),
                "updated_at": .string(changedAt.rfc3339),
                "financial_status": state == .unpaid ? "pending" : "paid",
                "fulfillment_status": state == .shipped ? "fulfilled" : .null,
                "cancelled_at": state == .cancelled ? .string(changedAt.rfc3339) : .null, "total_price": "12.50",
                "currency": "EUR",
                "line_items": [["id": 1, "product_id": 5, "title": "Mug", "quantity": 1, "price": "12.50"]],
            ]
        case .woocommerce:
            [
                "id": number, "number": .string(id), "status": word, "currency": "EUR",
                "date_created_gmt": .string(String(placedAt.rfc3339.dropLast())),
                "date_modified_gmt": .string(String(changedAt.rfc3339.dropLast())), "total": "12.50",
                "line_items": [["id": 1, "name": "Mug", "product_id": 5, "quantity": 1, "price": "12.50"]],
                "_links": ["self": [["href": .string("https://shop.example/wp-json/wc/v3/orders/\(id)")]]],
            ]
        }
    }

    /// The webhook about its present state.
    /// - Parameter serial: unique for each delivery.
    package func webhook(serial: Int, secret: String, now: Timestamp) throws -> Delivery {
        let (scheme, headers, body) = content(serial)
        let draft = Draft(url: "https://shop.example\(path)", headers: HeaderFields(headers), body: body.serialized())
        let signature = try scheme.sign(
            draft, secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: secret)),
            credentials: ["app_key": SecretBytes(utf8: "29a39d")], now: now)
        return Delivery(
            requestID: "sim-\(serial)", receivedAt: now, path: path,
            headers: HeaderFields(headers + signature.map { ($0.name, $0.value) }), body: draft.body)
    }

    /// The path of its shop's webhooks.
    package var path: String { "/webhook/\(shop.rawValue)" }

    private func content(_ serial: Int) -> (Scheme, [(name: String, value: String)], JSONValue) {
        let isNew = changedAt == placedAt
        switch shop {
        case .tiktok:
            return (
                .tikTokShop, [],
                [
                    "type": 1, "tts_notification_id": .string("n\(serial)"), "shop_id": "7494049642642441621",
                    "timestamp": .number(JSONNumber(changedAt.seconds)),
                    "data": [
                        "order_id": .string(id), "order_status": word,
                        "update_time": .number(JSONNumber(changedAt.seconds)),
                    ],
                ]
            )
        case .shopify:
            return (
                .shopify,
                [
                    ("x-shopify-topic", isNew ? "orders/create" : "orders/updated"),
                    ("x-shopify-webhook-id", "w\(serial)"),
                ],
                body
            )
        case .woocommerce:
            return (
                .wooCommerce,
                [
                    ("x-wc-webhook-topic", isNew ? "order.created" : "order.updated"),
                    ("x-wc-webhook-delivery-id", "\(serial)"),
                ], body
            )
        }
    }
}
