import JSON
import Webhooks

/// Products, customers and comments.
extension EventStory {
    static let ofRecords: [EventStory] = [
        everShopProduct, everShopCustomer, shopifyProduct, shopifyCustomer, wooCommerceProduct, wooCommerceCustomer,
        removedAuthorization, guideComment, businessComment,
    ].compactMap(\.self)

    // Everywhere two of the same second, of which the hash decides.

    private static let everShopProduct = everShop(
        [
            ("product.created", ["id": "P", "name": "Mug", "price": "9.50", "qty": 4], 0),
            ("product.updated", ["id": "P", "price": "10.50", "sku": "S-1"], 1),
            ("product.updated", ["id": "P", "price": "11.50", "sku": "S-2"], 1),
            ("inventory_updated", ["old": ["qty": 4], "new": ["id": "P", "qty": 2]], 2),
            ("product.deleted", ["id": "P"], 3),
        ], "product")

    private static let everShopCustomer = everShop(
        [
            ("customer.created", ["id": "C", "email": "a@b.example", "fullName": "Ada L."], 0),
            ("customer.updated", ["id": "C", "email": "c@d.example", "level": 1], 1),
            ("customer.updated", ["id": "C", "email": "e@f.example", "level": 2], 1),
            ("customer.deleted", ["id": "C"], 2),
        ], "customer")

    private static func everShop(_ steps: [(String, JSONValue, Int)], _ subject: String) -> EventStory? {
        named("evershop", subject) {
            steps.map { type, data, second in
                Step([
                    "event": .string(type), "timestamp": .string("2025-10-28T12:00:0\(second)Z"), "data": data,
                ])
            }
        }
    }

    private static let shopifyProduct = shop("shopify", "product", ["Mug", "Cup", "Beaker", "Jug"], product)
    private static let shopifyCustomer = shop("shopify", "customer", ["Ada", "Grace", "Joan", "Jean"], customer)
    private static let wooCommerceProduct = shop("woocommerce", "product", ["Mug", "Cup", "Beaker", "Jug"], product)
    private static let wooCommerceCustomer = shop(
        "woocommerce", "customer", ["Ada", "Grace", "Joan", "Jean"], customer)

    /// Created under the first name and renamed to each of the others.
    private static func shop(
        _ provider: String, _ kind: String, _ names: [String], _ body: (String, Int64) -> JSONObject
    ) -> EventStory? {
        let isShopify = provider == "shopify"
        return named(provider, kind) {
            zip(names, [0, 1, 1, 3] as [Int64]).map { name, second in
                let time = "2025-10-28T12:00:0\(second)"
                let verb = second == 0 ? "create" : "update"
                var body = body(name, second)
                body[isShopify ? "updated_at" : "date_modified_gmt"] = .string(isShopify ? time + "+02:00" : time)
                return Step(
                    .object(body),
                    headers: [
                        isShopify ? ("x-shopify-topic", "\(kind)s/\(verb)") : ("x-wc-webhook-topic", "\(kind).\(verb)d")
                    ])
            }
        }
    }

    private static func product(_ name: String, _ second: Int64) -> JSONObject {
        let count = JSONValue.number(JSONNumber(Int64(name.utf8.count) + second))
        return JSONObject([
            "id": 632, "title": .string(name), "name": .string(name), "price": "10.00", "stock_quantity": count,
            "tag": .string(name), "variants": [["id": 1, "price": "10.00", "inventory_quantity": count]],
        ])
    }

    private static func customer(_ name: String, _: Int64) -> JSONObject {
        JSONObject([
            "id": 207, "email": "a@b.example", "first_name": .string(name), "last_name": "L.", "note": .string(name),
        ])
    }

    private static let removedAuthorization = named("tiktok_developers", "customer") {
        [(1, 0), (5, 1), (3, 1), (2, 2)].map { reason, second in
            Step([
                "client_key": "k", "event": "authorization.removed", "user_openid": "act.example",
                "create_time": .number(JSONNumber(1_735_380_000 + second)),
                "content": .string("{\"reason\":\(reason)}"),
            ])
        }
    }

    /// Of one moment the deletion comes last.
    private static let guideComment = named("tiktok_comments_guide", "comment") {
        [("created", "first", 0), ("created", "edited", 1), ("created", "again", 2), ("deleted", "again", 2)]
            .map { type, text, second in
                Step([
                    "type": .string("video_comment_" + type), "comment_id": "7", "video_id": "v",
                    "text": .string(text), "created_at": .number(JSONNumber(1_735_380_000 + second)),
                ])
            }
    }

    private static let businessComment = named("tiktok_business", "comment") {
        [("insert", 0), ("set_to_hidden", 1), ("set_to_public", 1), ("delete", 2), ("set_to_friends_only", 2)]
            .map { action, second in
                let time = 1_735_380_000_123 + second * 1000
                return Step(
                    [
                        "client_key": "k", "event": "comment.update", "create_time": 1_735_380_100,
                        "content": .string(
                            "{\"comment_id\":7193456700000000001,\"comment_action\":\"\(action)\",\"timestamp\":\(time)}"
                        ),
                    ], headers: [("webhook-schema-version", "1")])
            }
    }
}
