import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Webhooks

/// Shopify and WooCommerce sign the body and no header: a captured delivery can be sent again with another shop's name.
@Suite(.blocking) struct UnsignedShopTests {
    private struct Shop {
        let provider: any Provider
        let topicHeader: String
        let shopHeader: String
        let topics: [String]
        /// How many events one body makes of all topics.
        let events: Int

        init(_ provider: String, topic: String, shop: String, _ topics: [String], events: Int = 0) throws {
            self.provider = try #require(ProviderRegistry.named(provider))
            topicHeader = topic
            shopHeader = shop
            self.topics = topics
            self.events = events
        }

        func delivery(_ body: JSONValue, _ topic: String, from shop: String, at second: Int64) throws -> Recordable {
            let headers = [(name: topicHeader, value: topic), (name: shopHeader, value: shop)]
            let verified = try Guide.verified(
                body, headers: headers, by: provider, at: Guide.now.advanced(bySeconds: second))
            return Recordable(source: "shop", normalized: try normalize(verified, by: provider), jobs: [])
        }
    }

    private static func body(second: Int) -> JSONValue {
        [
            "id": 7, "status": "processing", "total": "1", "financial_status": "paid",
            "updated_at": .string("2025-10-28T12:00:0\(second)Z"),
            "date_modified_gmt": .string("2025-10-28T12:00:0\(second)"),
        ]
    }

    @Test(arguments: [[1, 2], [2, 1]]) func theShopOfAnOrderStays(_ order: [Int]) throws {
        for shop in [
            try Shop(
                "shopify", topic: "x-shopify-topic", shop: "x-shopify-shop-domain",
                ["create", "updated", "paid", "fulfilled", "partially_fulfilled", "cancelled"].map { "orders/" + $0 },
                events: 4),
            try Shop(
                "woocommerce", topic: "x-wc-webhook-topic", shop: "x-wc-webhook-source",
                ["created", "updated", "restored"].map { "order." + $0 }, events: 3),
        ] {
            let ledger = try LedgerFixture()
            for second in order {
                _ = try ledger.record(shop.delivery(Self.body(second: second), shop.topics[1], from: "mine", at: 0))
            }
            for (at, topic) in shop.topics.enumerated() {
                for second in order {
                    _ = try ledger.record(
                        shop.delivery(Self.body(second: second), topic, from: "theirs", at: 700 + Int64(at)))
                }
            }
            _ = try ledger.record(
                shop.delivery(
                    ["id": 7, "status": "processing", "total": "1", "financial_status": "paid"], shop.topics[0],
                    from: "theirs", at: 800))
            #expect(try ledger.value("select shop_id from orders") == "mine", "\(shop.provider.name)")
            // What the body does not confirm is one event of it.
            #expect(try ledger.value("select count(*) from events") == "\(2 * shop.events + 1)")
            let check = try OrderRebuild(
                over: ledger.connect(as: "hookledger_operator"), source: nil, writes: false
            ).run()
            #expect(check.different == 0 && check.done == 1)
        }
    }

    /// The same for customers, which name no shop themselves.
    @Test func aShopIsForgottenWithItsOwnCustomersOnly() throws {
        let shop = try Shop("shopify", topic: "x-shopify-topic", shop: "x-shopify-shop-domain", [])
        let ledger = try LedgerFixture()
        let body: JSONValue = ["id": 7, "email": "jane@example.com", "updated_at": "2025-10-28T12:00:00Z"]
        _ = try ledger.record(shop.delivery(body, "customers/create", from: "mine", at: -9))
        _ = try ledger.record(shop.delivery(body, "customers/update", from: "theirs", at: -8))
        let batch = try ledger.connect(as: "hookledger_batch")
        for (name, customers) in [("theirs", "1"), ("mine", "0")] {
            var person = Person(source: "shop")
            person.shop = name
            try Forgetting.forget(person, on: batch)
            #expect(try ledger.value("select count(*) from customers where email is not null") == customers, "\(name)")
        }
    }

    /// A request of one shop reaches nothing of another, whoever is named in it.
    @Test func aShopAsksForItsOwnCustomersOnly() throws {
        let shop = try Shop("shopify", topic: "x-shopify-topic", shop: "x-shopify-shop-domain", [])
        let ledger = try LedgerFixture()
        let batch = try ledger.connect(as: "hookledger_batch")
        for (id, name) in [(7, "mine"), (8, "theirs")] {
            let body: JSONValue = [
                "id": .number(JSONNumber(Int64(id))), "email": "jane@example.com", "updated_at": "2025-10-28T12:00:00Z",
            ]
            _ = try ledger.record(shop.delivery(body, "customers/create", from: name, at: Int64(-id)))
        }
        var person = Person(source: "shop")
        (person.emails, person.askingShop) = (["jane@example.com"], "mine")
        try Forgetting.forget(person, on: batch)
        #expect(try ledger.value("select string_agg(customer_id, ' ') from customers where email is not null") == "8")
    }

    /// Somebody else's shop, forgotten by right, takes no order along that was sent again in its name.
    @Test func aShopIsForgottenWithItsOwnOrdersOnly() throws {
        let shop = try Shop("shopify", topic: "x-shopify-topic", shop: "x-shopify-shop-domain", [])
        let ledger = try LedgerFixture()
        let body: JSONValue = [
            "id": 7, "financial_status": "paid", "email": "jane@example.com", "updated_at": "2025-10-28T12:00:00Z",
        ]
        _ = try ledger.record(shop.delivery(body, "orders/create", from: "mine", at: -9))
        _ = try ledger.record(shop.delivery(body, "orders/paid", from: "theirs", at: -8))
        let batch = try ledger.connect(as: "hookledger_batch")
        for (name, orders, events) in [("theirs", "1", "2"), ("mine", "0", "0")] {
            var person = Person(source: "shop")
            person.shop = name
            var redaction = Redaction(of: person, for: PersonRequest(event: 0), key: nil)
            while !redaction.isReady {
                redaction = try batch.transaction { () throws(PostgresError) in
                    var next = redaction
                    try next.step(on: batch)
                    return next
                }
            }
            _ = try batch.transaction { () throws(PostgresError) in try redaction.finish(receivedAt: 0, on: batch) }
            #expect(try ledger.value("select count(*) from orders where email is not null") == orders, "\(name)")
            #expect(try ledger.value("select count(*) from events where redacted_at is null") == events, "\(name)")
        }
    }
}
