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
    /// The shop that its webhooks name, where there are several of one app; nil for the only one.
    package var owner: String?
    /// Further members of its body, in place of those of these names.
    package var details: [String: JSONValue] = [:]

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

    /// The shop of TikTok Shop's webhooks.
    package static let tikTokShop = "7494049642642441621"

    private static let words: [ShopStandIns.Shop: [State: String]] = [
        .tiktok: [.unpaid: "UNPAID", .paid: "AWAITING_SHIPMENT", .shipped: "IN_TRANSIT", .cancelled: "CANCELLED"],
        .woocommerce: [
            .unpaid: "pending", .paid: "processing", .shipped: "completed", .cancelled: "cancelled", .trash: "trash",
        ],
        .bigcommerce: [
            .unpaid: "Awaiting Payment", .paid: "Awaiting Fulfillment", .shipped: "Shipped", .cancelled: "Cancelled",
        ],
        .square: [.unpaid: "DRAFT", .paid: "OPEN", .shipped: "COMPLETED", .cancelled: "CANCELED"],
        .evershop: [.unpaid: "pending", .paid: "processing", .shipped: "shipped", .cancelled: "canceled"],
        .etsy: [.unpaid: "Open", .paid: "Paid", .shipped: "Completed", .cancelled: "Canceled"],
    ]

    private var word: JSONValue { Self.words[shop]?[state].map(JSONValue.string) ?? .null }
    private var number: JSONValue { .number(JSONNumber(Int64(id) ?? 0)) }

    /// The whole order, as the shop's API gives it.
    package var body: JSONValue {
        var body = plainBody.object ?? JSONObject()
        for (name, value) in details { body[name] = value }
        return .object(body)
    }

    private var plainBody: JSONValue {
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
        case .bigcommerce:
            [
                "id": number, "status": word, "date_created": .string(Self.mail(placedAt)),
                "date_modified": .string(Self.mail(changedAt)), "total_inc_tax": "12.5000",
                "shipping_cost_inc_tax": "2.5000", "currency_code": "EUR",
                "billing_address": ["first_name": "Jane", "last_name": "Doe", "email": "buyer@example.com"],
                "products": ["url": .string("https://api.bigcommerce.com/stores/ABC/v2/orders/\(id)/products")],
                "consignments": [
                    ["shipping": [["line_items": [["id": 1, "product_id": 5, "name": "Mug", "quantity": 1]]]]]
                ],
            ]
        case .square:
            [
                "id": .string(id), "location_id": "L1", "state": word, "created_at": .string(placedAt.rfc3339),
                "updated_at": .string(changedAt.rfc3339), "version": 1,
                "total_money": ["amount": 1250, "currency": "EUR"],
                "line_items": [
                    [
                        "uid": "u1", "name": "Mug", "quantity": "1",
                        "base_price_money": ["amount": 1000, "currency": "EUR"],
                    ]
                ],
            ]
        case .evershop: everShop(isListed: true)
        case .etsy:
            [
                "receipt_id": number, "status": word, "name": "Jane Doe", "buyer_email": "buyer@example.com",
                "created_timestamp": .number(JSONNumber(placedAt.seconds)),
                "updated_timestamp": .number(JSONNumber(changedAt.seconds)), "first_line": "1 Main St",
                "grandtotal": ["amount": 1250, "divisor": 100, "currency_code": "EUR"],
                "transactions": [["transaction_id": 1, "title": "Mug", "quantity": 1]],
            ]
        }
    }

    /// An order of EverShop, in the members of its GraphQL API or of the guide's webhooks.
    private func everShop(isListed: Bool) -> JSONValue {
        func time(_ time: Timestamp) -> JSONValue {
            isListed ? ["value": .string(String(time.seconds * 1000))] : .string(time.rfc3339)
        }
        func held(_ name: String, _ value: JSONValue) -> JSONValue {
            isListed ? .object(JSONObject(distinct: [.init(key: name, value: value)])) : value
        }
        let amount = JSONNumber(literal: "12.5").map(JSONValue.number) ?? .null
        let plain: JSONValue = [
            "id": .string(id), "orderNumber": .string("1\(id)"), "status": held("code", word), "currency": "EUR",
            "customerEmail": "buyer@example.com", "customerName": "Jane Doe", "grandTotal": held("value", amount),
            "createdAt": time(placedAt), "updatedAt": time(placedAt),
            "items": [
                [
                    "id": "1", "productId": "5", "name": "Mug", "sku": "M1", "qty": 1, "finalPrice": held("value", 10),
                ]
            ],
        ]
        guard isListed, var order = plain.object else { return plain }
        order["payment_status"] = ["code": state == .unpaid ? "pending" : "paid"]
        order["shipment_status"] = ["code": state == .shipped ? "shipped" : "pending"]
        order["payment_method"] = "stripe"
        order["shippingAddress"] = [
            "fullName": "Jane Doe", "city": "Berlin", "province": ["name": "Berlin"], "country": ["code": "DE"],
        ]
        order["activities"] = [["createdAt": time(changedAt)]]
        order["shipments"] = state == .shipped ? [["trackingNumber": "T1", "shippedAt": time(changedAt)]] : []
        return .object(order)
    }

    /// The webhook about its present state.
    /// - Parameter serial: unique for each delivery.
    package func webhook(serial: Int, secret: String, now: Timestamp) throws -> Delivery {
        let (scheme, headers, body) = content(serial)
        return try Self.signed(scheme, headers, body, to: shop, serial: serial, secret: secret, now: now)
    }

    /// A signed delivery of a shop.
    static func signed(
        _ scheme: Scheme, _ headers: [(name: String, value: String)], _ body: JSONValue, to shop: ShopStandIns.Shop,
        serial: Int, secret: String, now: Timestamp
    ) throws -> Delivery {
        // Etsy's secrets are base64.
        let secret = shop == .etsy ? "whsec_" + Base64.encode(Array(secret.utf8)) : secret
        let path = "/webhook/\(shop.rawValue)"
        let draft = Draft(url: "https://shop.example\(path)", headers: HeaderFields(headers), body: body.serialized())
        let signature = try scheme.sign(
            draft, secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: secret)),
            credentials: ["app_key": SecretBytes(utf8: "29a39d")], now: now)
        return Delivery(
            requestID: "sim-\(serial)", receivedAt: now, host: "shop.example", path: path,
            headers: HeaderFields(headers + signature.map { ($0.name, $0.value) }), body: draft.body)
    }

    /// `Sun, 06 Nov 1994 08:49:37 +0000`; the name of the day is not read.
    private static func mail(_ time: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = time.rfc3339
        let parts = text.prefix(10).split(separator: "-")
        return "Mon, \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) \(text.dropFirst(11).prefix(8)) +0000"
    }

    private func content(_ serial: Int) -> (Scheme, [(name: String, value: String)], JSONValue) {
        let isNew = changedAt == placedAt
        switch shop {
        case .tiktok:
            return (
                .tikTokShop, [],
                [
                    "type": 1, "tts_notification_id": .string("n\(serial)"),
                    "shop_id": .string(owner ?? Self.tikTokShop),
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
                ] + (owner.map { [("x-shopify-shop-domain", $0)] } ?? []),
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
        case .bigcommerce:
            // Its time is that of the event, a little after that of the order.
            return (
                .bigCommerce, [("webhook-id", "w\(serial)")],
                [
                    "scope": .string(isNew ? "store/order/created" : "store/order/updated"), "store_id": "1001",
                    "data": ["type": "order", "id": number], "hash": .string("h\(serial)"), "producer": "stores/ABC",
                    "created_at": .number(JSONNumber(changedAt.seconds + 1)),
                ]
            )
        case .square:
            let said: JSONValue = ["order_id": .string(id), "state": word]
            return (
                .square, [],
                [
                    "merchant_id": "M1", "type": .string(isNew ? "order.created" : "order.updated"),
                    "event_id": .string("e\(serial)"), "created_at": .string(changedAt.rfc3339),
                    "data": [
                        "type": "order", "id": .string(id),
                        "object": isNew ? ["order_created": said] : ["order_updated": said],
                    ],
                ]
            )
        case .evershop:
            return (
                .everShop, [],
                [
                    "event": .string(isNew ? "order.created" : "order.updated"),
                    "timestamp": .string(changedAt.rfc3339), "data": everShop(isListed: false),
                ]
            )
        case .etsy:
            return (
                .etsy, [("webhook-id", "w\(serial)")],
                [
                    "event_type": "order.paid", "shop_id": "77",
                    "resource_url": .string("https://api.etsy.com/v3/application/shops/77/receipts/\(id)"),
                ]
            )
        }
    }
}
