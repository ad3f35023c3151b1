import JSON
import LocalStack
import Outbound
import Platform
import StackSuite
import Testing

/// Shopify's privacy topics, on the real stack.
@Suite(.place) struct PrivacyTests {
    private static func order(_ id: Int, _ person: String, status: String, second: Int) -> String {
        #"""
        {"id":\#(id),"name":"#\#(id)","order_number":\#(id),"email":"\#(person)@example.com","phone":"+1 555 \#(person)",
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:0\#(second)Z","currency":"USD",
        "total_price":"49.98","financial_status":"\#(status)","note":"for \#(person)",
        "customer":{"id":77,"first_name":"\#(person)","last_name":"Doe"},
        "shipping_address":{"first_name":"\#(person)","last_name":"Doe","address1":"1 \#(person) St","city":"X"},
        "line_items":[{"id":1,"title":"Shirt","quantity":2,"price":"24.99","sku":"S-1",
            "properties":[{"name":"engraving","value":"\#(person)"}]}]}
        """#.replacing("\n", with: "")
    }

    private static func requests(_ shop: SlowWorkStack) -> [HTTPRequest] {
        [
            shop.shopify("orders/create", order(1001, "jane", status: "pending", second: 1)),
            shop.shopify("orders/updated", order(1001, "jane", status: "paid", second: 2)),
            shop.shopify("orders/create", order(1002, "bob", status: "paid", second: 1).replacing("77", with: "78")),
            shop.shopify(
                "customers/create",
                #"{"id":77,"email":"jane@example.com","first_name":"jane","updated_at":"2026-01-01T00:00:00Z"}"#),
            shop.shopify(
                "checkouts/create",
                #"{"token":"c","email":"Jane@example.com","note":"jane","updated_at":"2026-01-01T00:00:00Z"}"#),
        ]
    }

    private static let request =
        #""shop_domain":"example.myshopify.com","customer":{"id":77,"email":"jane@example.com","phone":"+1 555 jane"}"#

    /// How many rows of which tables still have the name in them.
    private static func traces(_ name: String, _ shop: SlowWorkStack) throws -> [String] {
        let tables = [
            "orders", "order_items", "customers", "comments", "messages", "jobs", "job_attempts", "effects", "receipts",
            "operator_log", "refusals", "events",
        ]
        return try tables.filter { table in
            let text = table == "events" ? "concat(to_jsonb(t) - 'body', body_text(body))" : "t::text"
            return try shop.books.count("select count(*) from \(table) as t where \(text) ilike '%\(name)%'") > 0
        }
    }

    @Test func aPersonsDataIsHandedOutAndThenForgotten() async throws {
        try await SlowWorkStack.run { shop in
            try await shop.send(Self.requests(shop))
            try await shop.send([
                shop.shopify(
                    "customers/data_request",
                    "{\(Self.request),\"orders_requested\":[1001],\"data_request\":{\"id\":5}}")
            ])
            #expect(try await shop.settle())
            try Self.checkCopy(shop)

            try await shop.send([shop.shopify("customers/redact", "{\(Self.request),\"orders_to_redact\":[1001]}")])
            #expect(try await shop.settle())
            #expect(try shop.books.lines("select outcome from job_log where action = 'forget'") == ["done"])
            #expect(try Self.traces("jane", shop) == [])
            #expect(try Self.traces("bob", shop) == ["orders", "events"])
            // What does not mention a person is as it was.
            let order = """
                select order_id, order_number, status, total_amount, email is null, order_data -> 'items' -> 0 ->> 'sku'
                from orders where order_id = '1001'
                """
            #expect(try shop.books.lines(order) == ["1001|#1001|paid|49.98|t|S-1"])
            #expect(
                try shop.books.lines(
                    """
                    select action, subject, details ->> 'orders', jsonb_array_length(details -> 'email_hashes')
                    from operator_log order by id
                    """) == ["data_request|customer:shopify/77|1|1", "redact|customer:shopify/77|1|1"])
            #expect(
                try shop.books.count(
                    "select count(*) from events where redacted_at is not null and body_hash is not null") == 6)
            #expect(try Self.rebuild(shop).succeeded)

            // Old deliveries that are sent again are known, and bring nothing back.
            let events = try shop.books.count("select count(*) from events")
            try await shop.send(Self.requests(shop))
            #expect(try await shop.settle())
            #expect(try shop.books.count("select count(*) from events") == events)
            #expect(try Self.traces("jane", shop) == [])

            // Whatever the unsigned headers say of a body, an order is no request.
            try await shop.send(
                ["shop/redact", "customers/redact"].map {
                    shop.shopify($0, Self.order(1002, "bob", status: "paid", second: 1).replacing("77", with: "78"))
                })
            #expect(try await shop.settle())
            #expect(try Self.traces("bob", shop) == ["orders", "events"])

            try await shop.send([
                shop.shopify("shop/redact", #"{"shop_id":9,"shop_domain":"example.myshopify.com"}"#)
            ])
            #expect(try await shop.settle())
            #expect(try Self.traces("bob", shop) == [])
            #expect(try Self.rebuild(shop).succeeded)
        }
    }

    /// Half a redaction is none: whoever takes over from a killed worker begins again, and ends with the same.
    @Test func aPersonIsForgottenAlthoughTheWorkersAreKilled() async throws {
        try await SlowWorkStack.run { shop in
            let orders = 1...600
            try await shop.send(
                orders.map { shop.shopify("orders/create", Self.order($0, "jane", status: "paid", second: 1)) }
                    + [
                        shop.shopify(
                            "orders/create",
                            Self.order(9001, "bob", status: "paid", second: 1)
                                .replacing("77", with: "78"))
                    ])
            try await shop.send([shop.shopify("customers/redact", "{\(Self.request),\"orders_to_redact\":[1]}")])
            try await shop.killWorkers(times: 4)
            #expect(try await shop.settle())
            #expect(
                try shop.books.count("select count(*) from job_log where action = 'forget' and outcome = 'done'") == 1)
            #expect(try shop.books.count("select count(*) from operator_log where action = 'redact'") == 1)
            #expect(try Self.traces("jane", shop) == [])
            #expect(try Self.traces("bob", shop) == ["orders", "events"])
            #expect(try shop.books.count("select count(*) from orders where email is null") == orders.count)
            #expect(try Self.rebuild(shop).succeeded)
        }
    }

    private static func checkCopy(_ shop: SlowWorkStack) throws {
        let name = try #require(try Files.list(shop.dataRequests).first)
        let path = shop.dataRequests + "/" + name
        #expect(try Files.status(path)?.mode == 0o600)
        let copy = try JSONValue(parsing: try Files.read(path))
        #expect(copy["orders"]?.array?.map { $0["order_id"]?.string } == ["1001"])
        #expect(copy["orders"]?.array?.first?["order_data"]?["email"]?.string == "jane@example.com")
        #expect(copy["customers"]?.array?.count == 1)
        let types = (copy["events"]?.array ?? []).compactMap { $0["type"]?.string }.sorted()
        #expect(types == ["checkout.created", "customer.created", "order.created", "order.updated"])
        #expect(!copy.text.contains("bob"))
    }

    private static func rebuild(_ shop: SlowWorkStack) throws -> ChildOutput {
        let tool = try Executable.folder() + "/hookledger"
        return try ChildProcess.run(
            ChildCommand([
                tool, "orders", "rebuild", "--check", "--config", shop.stack.folder.configuration,
            ]))
    }
}
