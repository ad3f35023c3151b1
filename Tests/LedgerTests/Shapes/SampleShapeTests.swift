import JSON
import LocalStack
import Platform
import Testing

@testable import Ledger

/// Two versions of a provider's body differ in what a person would name, each once, and bodies of one kind do not differ.
struct SampleShapeTests {
    private static func sample(_ name: String) throws -> JSONValue {
        let path = try Executable.share(of: #filePath) + "/samples/\(name).json"
        return try #require(JSONValue(parsing: Files.read(path))["body"])
    }

    private static func set(_ value: JSONValue, _ path: [String], _ new: JSONValue?) -> JSONValue {
        guard var object = value.object, let first = path.first else { return value }
        if path.count == 1 {
            object[first] = new
        } else if let inner = object[first] {
            let rest = Array(path.dropFirst())
            if let elements = inner.array {
                object[first] = .array(elements.map { set($0, rest, new) })
            } else {
                object[first] = set(inner, rest, new)
            }
        }
        return .object(object)
    }

    private static func changes(_ old: JSONValue, _ new: JSONValue) -> [String] {
        var shape = EventShape()
        let (before, after) = (BodyShape(old.serialized()), BodyShape(new.serialized()))
        for _ in 0..<250 where !shape.learn(before).isEmpty { return ["a change among equal bodies"] }
        var found: [String] = []
        for _ in 0..<250 {
            for change in shape.learn(after) {
                found.append("\(change.kind.rawValue) \(change.path) \(change.before ?? "-") \(change.after ?? "-")")
            }
        }
        return found.sorted()
    }

    @Test func shopify() throws {
        let old = try Self.sample("shopify/orders/create")
        var new = Self.set(old, ["total_price"], 24)
        new = Self.set(new, ["line_items", "attributed_staffs"], [["id": "x", "quantity": 1]])
        new = Self.set(new, ["merchant_business_entity"], ["id": 1, "name": "A"])
        new = Self.set(new, ["email"], nil)
        // Neither is news: they were null.
        new = Self.set(new, ["customer"], ["id": 7, "email": "ann@mail.example"])
        new = Self.set(new, ["cancelled_at"], "2026-11-30T10:00:00Z")
        #expect(
            Self.changes(old, new) == [
                "changed_type total_price text number", "gone_member email text -",
                "new_member line_items[].attributed_staffs - list", "new_member merchant_business_entity - object",
            ])
    }

    /// As in Stripe's version 2025-03-31: the period moved from the subscription to its items.
    @Test func stripe() throws {
        let envelope = try Self.sample("stripe/payment_intent.succeeded")
        let old = Self.set(
            envelope, ["data", "object"],
            [
                "id": "sub_1", "object": "subscription", "current_period_start": 1, "current_period_end": 2,
                "metadata": ["order": "1"], "items": ["object": "list", "data": [["id": "si_1", "quantity": 1]]],
            ])
        let moved: JSONValue = [
            "id": "sub_1", "object": "subscription", "metadata": ["order": "1"],
            "items": [
                "object": "list",
                "data": [["id": "si_1", "quantity": 1, "current_period_start": 1, "current_period_end": 2]],
            ],
        ]
        #expect(
            Self.changes(old, Self.set(envelope, ["data", "object"], moved)) == [
                "gone_member data.object.current_period_end number -",
                "gone_member data.object.current_period_start number -",
                "new_member data.object.items.data[].current_period_end - number",
                "new_member data.object.items.data[].current_period_start - number",
            ])
    }

    @Test func wooCommerce() throws {
        let old = try Self.sample("woocommerce/order.created")
        var new = Self.set(old, ["line_items", "image"], ["id": "", "src": ""])
        new = Self.set(new, ["customer_id"], "0")
        new = Self.set(new, ["billing", "email"], nil)
        #expect(
            Self.changes(old, new) == [
                "changed_type customer_id number text", "gone_member billing.email text -",
                "new_member line_items[].image - object",
            ])
    }

    @Test func tikTokShop() throws {
        let old = try Self.sample("tiktok_shop/order.updated")
        var new = Self.set(old, ["data", "is_on_hold_order"], "false")
        new = Self.set(new, ["data", "order_line_items"], [["sku_id": "1"]])
        #expect(
            Self.changes(old, new) == [
                "changed_type data.is_on_hold_order boolean text", "new_member data.order_line_items - list",
            ])
    }

    /// What a sample has in common with itself, however its values differ.
    @Test(arguments: ["shopify/orders/updated", "woocommerce/product.updated", "github/issues", "square/order.created"])
    func bodiesOfOneKind(name: String) throws {
        let body = try Self.sample(name)
        #expect(Self.changes(body, body).isEmpty)
    }
}
