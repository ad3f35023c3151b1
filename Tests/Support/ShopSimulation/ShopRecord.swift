package import JSON
package import StandIns
internal import Verification
package import Webhooks

/// One product or customer of a shop, with its webhook.
package struct ShopRecord: Sendable {
    /// Its shop.
    package let shop: ShopStandIns.Shop
    /// A product or a customer.
    package let kind: RecordKind
    /// Its id.
    package let id: String
    /// When it was made.
    package let createdAt: Timestamp
    /// When it last changed; whole seconds.
    package var changedAt: Timestamp
    /// Of a product its name, of a customer the first one.
    package var name = "Mug"
    /// Whether it was deleted, or is in the trash.
    package var isDeleted = false

    /// What the shops list.
    package static let lists: [(shop: ShopStandIns.Shop, kind: RecordKind)] = [
        (.tiktok, .product), (.shopify, .product), (.shopify, .customer), (.woocommerce, .product),
        (.woocommerce, .customer), (.bigcommerce, .product), (.bigcommerce, .customer), (.square, .product),
        (.square, .customer),
    ]

    /// A record of those parts.
    package init(_ shop: ShopStandIns.Shop, _ kind: RecordKind, _ id: String, changedAt: Timestamp) {
        self.shop = shop
        self.kind = kind
        self.id = id
        createdAt = changedAt
        self.changedAt = changedAt
    }

    private var number: JSONValue { .number(JSONNumber(Int64(id) ?? 0)) }
    private var isProduct: Bool { kind == .product }
    private func plain(_ time: Timestamp) -> JSONValue { .string(String(time.rfc3339.dropLast())) }

    /// The whole record, as the shop's API gives it.
    package var body: JSONValue {
        switch shop {
        case .tiktok:
            [
                "id": .string(id), "title": .string(name), "status": isDeleted ? "DELETED" : "ACTIVATE",
                "create_time": .number(JSONNumber(createdAt.seconds)),
                "update_time": .number(JSONNumber(changedAt.seconds)),
                "skus": [
                    [
                        "id": "s1", "seller_sku": "M1", "price": ["sale_price": "12.50", "currency": "EUR"],
                        "inventory": [["warehouse_id": "w1", "quantity": 3], ["warehouse_id": "w2", "quantity": 4]],
                    ]
                ],
            ]
        case .shopify where isProduct:
            [
                "id": number, "admin_graphql_api_id": .string("gid://shopify/Product/\(id)"), "title": .string(name),
                "updated_at": .string(changedAt.rfc3339), "created_at": .string(createdAt.rfc3339), "status": "active",
                "variants": [["id": 1, "sku": "M1", "price": "12.50", "inventory_quantity": 7]],
            ]
        case .shopify:
            [
                "id": number, "admin_graphql_api_id": .string("gid://shopify/Customer/\(id)"),
                "first_name": .string(name), "last_name": "Doe", "email": "jane@example.com", "state": "enabled",
                "updated_at": .string(changedAt.rfc3339), "created_at": .string(createdAt.rfc3339),
            ]
        case .woocommerce where isProduct:
            [
                "id": number, "name": .string(name), "sku": "M1", "price": "12.50", "stock_quantity": 7,
                "status": isDeleted ? "trash" : "publish", "date_created_gmt": plain(createdAt),
                "date_modified_gmt": plain(changedAt),
                "_links": ["self": [["href": .string("https://shop.example/wp-json/wc/v3/products/\(id)")]]],
            ]
        case .woocommerce:
            [
                "id": number, "first_name": .string(name), "last_name": "Doe", "email": "jane@example.com",
                "date_created_gmt": plain(createdAt),
                "date_modified_gmt": changedAt == createdAt ? .null : plain(changedAt),
                "_links": ["self": [["href": .string("https://shop.example/wp-json/wc/v3/customers/\(id)")]]],
            ]
        case .bigcommerce where isProduct:
            [
                "id": number, "name": .string(name), "sku": "M1",
                "price": JSONNumber(literal: "12.50").map(JSONValue.number) ?? .null,
                "inventory_level": 7, "availability": "available", "date_modified": .string(changedAt.rfc3339),
                "date_created": .string(createdAt.rfc3339),
            ]
        case .bigcommerce:
            [
                "id": number, "first_name": .string(name), "last_name": "Doe", "email": "jane@example.com",
                "date_modified": .string(changedAt.rfc3339), "date_created": .string(createdAt.rfc3339),
            ]
        case .square where isProduct:
            [
                "type": "ITEM", "id": .string(id), "updated_at": .string(changedAt.rfc3339),
                "is_deleted": .bool(isDeleted), "version": 1,
                "item_data": [
                    "name": .string(name),
                    "variations": [
                        [
                            "id": "v1", "type": "ITEM_VARIATION",
                            "item_variation_data": [
                                "sku": "M1", "price_money": ["amount": 1250, "currency": "EUR"],
                            ],
                        ]
                    ],
                ],
            ]
        default:
            [
                "id": .string(id), "given_name": .string(name), "family_name": "Doe",
                "email_address": "jane@example.com", "created_at": .string(createdAt.rfc3339),
                "updated_at": .string(changedAt.rfc3339), "version": 1,
            ]
        }
    }

    /// The webhook about its present state; nil if the shop has none that names it.
    /// - Parameter serial: unique for each delivery.
    package func webhook(serial: Int, secret: String, now: Timestamp) throws -> Delivery? {
        guard let (scheme, headers, body) = content(serial) else { return nil }
        return try ShopOrder.signed(scheme, headers, body, to: shop, serial: serial, secret: secret, now: now)
    }

    private func content(_ serial: Int) -> (Scheme, [(name: String, value: String)], JSONValue)? {
        let (name, isNew) = (kind.rawValue, changedAt == createdAt)
        let verb = isNew ? "created" : "updated"
        switch shop {
        case .tiktok:
            let data: JSONValue = [
                "product_id": .string(id), "update_time": .number(JSONNumber(changedAt.seconds)),
            ]
            return (
                .tikTokShop, [],
                [
                    "type": isNew ? 16 : 15, "tts_notification_id": .string("n\(serial)"),
                    "shop_id": .string(ShopOrder.tikTokShop), "timestamp": .number(JSONNumber(changedAt.seconds)),
                    "data": data,
                ]
            )
        case .shopify:
            return (
                .shopify,
                [
                    ("x-shopify-topic", "\(name)s/\(isNew ? "create" : "update")"),
                    ("x-shopify-webhook-id", "w\(serial)"),
                ], body
            )
        case .woocommerce:
            return (
                .wooCommerce,
                [("x-wc-webhook-topic", "\(name).\(verb)"), ("x-wc-webhook-delivery-id", "\(serial)")], body
            )
        case .bigcommerce:
            return (
                .bigCommerce, [("webhook-id", "w\(serial)")],
                [
                    "scope": .string("store/\(name)/\(verb)"), "store_id": "1001", "producer": "stores/ABC",
                    "data": ["type": .string(name), "id": number], "hash": .string("h\(serial)"),
                    "created_at": .number(JSONNumber(changedAt.seconds + 1)),
                ]
            )
        case .square where !isProduct:
            return (
                .square, [],
                [
                    "merchant_id": "M1", "type": .string("customer.\(verb)"), "event_id": .string("e\(serial)"),
                    "created_at": .string(changedAt.rfc3339),
                    "data": ["type": "customer", "id": .string(id), "object": ["customer": body]],
                ]
            )
        default: return nil
        }
    }
}
