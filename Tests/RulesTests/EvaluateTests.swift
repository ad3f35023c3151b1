import JSON
import Rules
import Settings
import Testing
import Webhooks

@Suite("A condition holds, does not, or is undecided")
struct EvaluateTests {
    private static let order = event(
        [
            .status: "AWAITING_SHIPMENT", .totalAmount: "50.00", .email: .null, .needsDetail: true,
            .items: [["sku": "TEE-1", "quantity": 2], ["sku": "MUG"]],
            .shippingAddress: ["city": "Köln"], .orderNumber: "0042",
        ],
        extra: ["gift": "yes", "weight": .number(JSONNumber(literal: "1.5e3") ?? JSONNumber(0)), "tags": ["a", "b"]])

    @Test(
        "on an event",
        arguments: [
            ("source: shop", "true"),
            ("provider: tiktok_shop_guide", "false"),
            ("type: order.updated", "true"),
            ("type: [order.created, order.updated]", "true"),
            ("type: { prefix: order. }", "true"),
            ("type: { ne: order.updated }", "false"),
            ("provider_type: 1", "true"),
            ("provider_type: \"1\"", "true"),
            ("subject: { exists: true }", "true"),
            ("shop_id: { exists: true }", "false"),
            ("shop_id: null", "true"),
            ("order.id: 576486316948490001", "true"),
            ("order.id: 576486316948490002", "false"),
            ("order.id: 576486316948490000", "false"),
            ("order.id: { gt: 576486316948490000 }", "true"),
            ("order.status: AWAITING_SHIPMENT", "true"),
            ("order.status: [UNPAID, AWAITING_SHIPMENT]", "true"),
            ("order.status: UNPAID", "false"),
            ("order.status: { in: [UNPAID] }", "false"),
            ("order.status: { ne: [UNPAID, CANCELLED] }", "true"),
            ("order.status: { prefix: AWAITING }", "true"),
            ("order.status: { prefix: awaiting }", "false"),
            ("order.status: { gt: 5 }", "unknown"),
            ("order.total_amount: 50", "true"),
            ("order.total_amount: 50.000", "true"),
            ("order.total_amount: \"50\"", "false"),
            ("order.total_amount: { gte: 50 }", "true"),
            ("order.total_amount: { gt: 50 }", "false"),
            ("order.total_amount: { gt: 49.99, lt: 50.01 }", "true"),
            ("order.total_amount: { gt: 49.99, lt: 50 }", "false"),
            ("order.total_amount: { lte: 50.00000000000000000001 }", "true"),
            ("order.total_amount: { ne: 50 }", "false"),
            ("order.total_amount: { eq: [10, 50] }", "true"),
            ("order.order_number: 42", "false"),
            ("order.order_number: 0042", "true"),
            ("order.order_number: { gt: 1 }", "unknown"),
            ("order.email: { exists: true }", "false"),
            ("order.email: { exists: false }", "true"),
            ("order.email: null", "true"),
            ("order.email: { prefix: a }", "false"),
            ("order.email: { gt: 1 }", "false"),
            ("order.email: { ne: x }", "true"),
            ("order.needs_detail: true", "true"),
            ("order.needs_detail: \"true\"", "false"),
            ("order.needs_detail: { prefix: t }", "unknown"),
            ("order.currency: EUR", "unknown"),
            ("order.currency: { ne: EUR }", "unknown"),
            ("order.currency: { exists: false }", "unknown"),
            ("order.currency: null", "unknown"),
            ("order.items.0.sku: TEE-1", "true"),
            ("order.items.1.sku: { prefix: TEE }", "false"),
            ("order.items.0.quantity: { gte: 2 }", "true"),
            ("order.items.1.quantity: { gte: 2 }", "unknown"),
            ("order.items.2.sku: TEE-1", "unknown"),
            ("order.items.2: { exists: true }", "unknown"),
            ("order.items: x", "unknown"),
            ("order.items: { exists: true }", "true"),
            ("order.shipping_address.city: Köln", "true"),
            ("order.shipping_address.city.part: x", "unknown"),
            ("order.extra.gift: yes", "true"),
            ("order.extra.weight: 1500", "true"),
            ("order.extra.weight: { lt: 1500.1 }", "true"),
            ("order.extra.tags: a", "unknown"),
            ("order.extra.tags.1: b", "true"),
            ("order.extra.tags.-1: b", "unknown"),
            ("order.extra.tags.99999999999999999999: b", "unknown"),
            ("order.extra.none: b", "unknown"),
            ("order.status: AWAITING_SHIPMENT, order.currency: EUR", "unknown"),
            ("order.currency: EUR, order.status: UNPAID", "false"),
        ])
    func onEvent(_ when: String, _ expected: String) throws {
        #expect(try rule(when: when).evaluate(RuleSubject(Self.order, source: "shop")).word == expected)
    }

    @Test(
        "on the stored order, where what is not there is null",
        arguments: [
            ("order.status: AWAITING_SHIPMENT", "true"),
            ("order.status: UNPAID", "false"),
            ("order.currency: EUR", "false"),
            ("order.currency: { exists: false }", "true"),
            ("order.currency: { ne: EUR }", "true"),
            ("order.currency: null", "true"),
            ("order.total_amount: { gte: 10 }", "false"),
            ("order.id: \"7\"", "true"),
            ("order.extra.gift: yes", "true"),
            ("order.extra.none: { exists: true }", "false"),
            ("order.items.0.sku: MUG", "true"),
            ("type: order.created", "true"),
            ("shop_id: 7", "true"),
        ])
    func onStoredOrder(_ when: String, _ expected: String) throws {
        let columns = EventColumns(
            source: "shop", provider: "tiktok_shop", type: "order.created", providerType: "1", subject: nil, shopID: "7"
        )
        let data = try #require(
            (["status": "AWAITING_SHIPMENT", "items": [["sku": "MUG"]]] as JSONValue).object)
        let extra = try #require((["gift": "yes"] as JSONValue).object)
        let subject = RuleSubject(columns, record: StoredRecord(id: "7", fields: data, extra: extra))
        #expect(try rule(when: when).evaluate(subject).word == expected)
    }

    @Test(
        "an event about no order contradicts what is asked of one",
        arguments: [
            "order.status: X", "order.status: { exists: false }", "order.status: { ne: X }", "order.extra.a: null",
        ])
    func noOrder(_ when: String) throws {
        let rule = try rule(when: when)
        #expect(rule.evaluate(RuleSubject(event(nil), source: "shop")).word == "false")
        let columns = EventColumns(event(nil), source: "shop")
        #expect(rule.evaluate(RuleSubject(columns, record: nil)).reason?.description == "the event is about no order")
    }

    private static let records: [Record] = [
        .product(
            Product(id: "7", fields: [.price: "9.50", .quantity: 3, .variants: [["sku": "A"]]], extra: ["vendor": "v"])),
        .customer(Customer(id: "7", fields: [.email: "a@b.c", .address: ["city": "Köln"]])),
        .comment(Webhooks.Comment(id: "7", fields: [.text: "free money", .deleted: false])),
    ]

    @Test(
        "on products, customers and comments",
        arguments: [
            ("product.price: { lt: 10 }", ["true", "false", "false"]), ("product.id: 7", ["true", "false", "false"]),
            ("product.variants.0.sku: A", ["true", "false", "false"]),
            ("product.name: x", ["unknown", "false", "false"]),
            ("product.extra.vendor: v", ["true", "false", "false"]),
            ("product.quantity: 4", ["false", "false", "false"]),
            ("customer.email: { prefix: a@ }", ["false", "true", "false"]),
            ("customer.address.city: Köln", ["false", "true", "false"]),
            ("comment.text: { prefix: free }", ["false", "false", "true"]),
            ("comment.deleted: false", ["false", "false", "true"]),
            ("comment.user_id: x", ["false", "false", "unknown"]), ("order.id: 7", ["false", "false", "false"]),
        ])
    func onOtherRecords(_ when: String, _ expected: [String]) throws {
        let rule = try rule(when: when)
        let words = Self.records.map { record in
            var event = event(nil)
            event.record = record
            return rule.evaluate(RuleSubject(event, source: "shop")).word
        }
        #expect(words == expected)
    }

    @Test("on a stored product, where what is not there is null")
    func onStoredProduct() throws {
        let columns = EventColumns(event(nil), source: "shop")
        let data = try #require((["price": "9.50"] as JSONValue).object)
        let subject = RuleSubject(columns, record: StoredRecord(.product, id: "7", fields: data))
        #expect(try rule(when: "product.name: { exists: false }").evaluate(subject) == .true)
        #expect(try rule(when: "product.price: 9.5").evaluate(subject) == .true)
        #expect(
            try rule(when: "order.status: x").evaluate(subject).reason?.description == "the event is about no order")
    }

    @Test("a rule without conditions holds always")
    func empty() throws {
        for text in ["{ do: print }", "{ do: print, when: {} }", "{ do: print, when: }"] {
            let rule = try #require(try settings(text).rules.first)
            #expect(rule.evaluate(RuleSubject(event(nil), source: "x")) == .true)
        }
    }
}
