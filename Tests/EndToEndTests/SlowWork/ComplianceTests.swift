import Crypto
import JSON
import LocalStack
import Platform
import StackSuite
import StandIns
import Testing

/// Shopify's three requests where nobody wrote a rule, on the real stack.
@Suite(.place) struct ComplianceStackTests {
    private static let secret = "your-webhook-secret"

    /// A stack with a source of Shopify's and no rule.
    private struct Shop {
        let stack: LocalStack
        let curl: Curl
        let books: StackBooks
        let folder: String

        func send(_ topic: String, _ body: String, from shop: String = "mine.myshopify.com") throws {
            let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: secret), Array(body.utf8))
            let answer = try curl.get(
                stack.state.url + "/webhook/shopify",
                [
                    "-H", "Content-Type: application/json", "-H", "X-Shopify-Hmac-Sha256: \(Base64.encode(code))", "-H",
                    "X-Shopify-Topic: \(topic)", "-H", "X-Shopify-Shop-Domain: \(shop)", "--data-binary", body,
                ])
            try #require(answer.status == 200, "\(answer.body)")
        }

        func settle() async throws {
            let isDone = try await books.eventually(
                "select count(*) from jobs where state <> 2", are: ["0"])
            try #require(isDone)
        }

        func log() throws -> String { try Files.readText(stack.folder.log("responder")) }
    }

    private func withShop(_ source: String = "", _ body: (Shop) async throws -> Void) async throws {
        let configuration = """
            environment: development
            sources:
              shopify: { providers: shopify, secrets: { env: SECRET }\(source) }
            """
        try await StackSuite.run(variables: "SECRET=\(Self.secret)\n", configuration: { _ in configuration }) { stack in
            try await body(
                Shop(stack: stack, curl: Curl(stack), books: StackBooks(stack), folder: stack.folder.path))
        }
    }

    private static func order(_ id: Int, _ name: String, _ customer: Int) -> String {
        #"""
        {"id":\#(id),"admin_graphql_api_id":"gid://shopify/Order/\#(id)","email":"\#(name)@mail.example",
        "updated_at":"2026-01-01T00:00:00Z","total_price":"10.00","financial_status":"paid","line_items":[],
        "customer":{"id":\#(customer)},"shipping_address":{"address1":"\#(name) Street"}}
        """#.replacing("\n", with: "")
    }

    private static func request(_ customer: Int, _ name: String, _ rest: String) -> String {
        #"{"shop_domain":"mine.myshopify.com","customer":{"id":\#(customer),"email":"\#(name)@mail.example"},\#(rest)}"#
    }

    private static let orders = "select order_id, coalesce(email, '-') from orders order by 1"

    @Test func theThreeRequestsAreCarriedOutWithoutARule() async throws {
        try await withShop { shop in
            try shop.send("orders/create", Self.order(1, "ann", 77))
            try shop.send("orders/create", Self.order(2, "joann", 78))
            try shop.send("orders/create", Self.order(3, "bob", 79), from: "theirs.myshopify.com")
            try shop.send("customers/data_request", Self.request(77, "ann", #""orders_requested":[1]"#))
            try await shop.settle()
            let copies = shop.folder + "/data-requests"
            let name = try #require(try Files.list(copies).first)
            #expect(try Files.status(copies + "/" + name)?.mode == 0o600)
            let copy = try Files.readText(copies + "/" + name)
            #expect(copy.contains("ann Street") && !copy.contains("joann") && !copy.contains("bob"))

            try shop.send("customers/redact", Self.request(77, "ann", #""orders_to_redact":[1]"#))
            try await shop.settle()
            #expect(
                try shop.books.lines(Self.orders) == ["1|-", "2|joann@mail.example", "3|bob@mail.example"])
            // Of the person who asks in one shop nothing goes in another.
            try shop.send("customers/redact", Self.request(79, "bob", #""orders_to_redact":[3]"#))
            try await shop.settle()
            #expect(
                try shop.books.lines(Self.orders) == ["1|-", "2|joann@mail.example", "3|bob@mail.example"])

            try shop.send("shop/redact", #"{"shop_id":9,"shop_domain":"mine.myshopify.com"}"#)
            try await shop.settle()
            #expect(try shop.books.lines(Self.orders) == ["1|-", "2|-", "3|bob@mail.example"])
            #expect(
                try shop.books.lines("select action || ' ' || outcome, count(*) from job_log group by 1 order by 1")
                    == ["compliance_data_request done|1", "compliance_redact done|3"])
        }
    }

    @Test func offIsSaidLoudlyAndDoesNothing() async throws {
        try await withShop(", compliance: off") { shop in
            try shop.send("orders/create", Self.order(1, "ann", 77))
            for topic in ["customers/data_request", "customers/redact"] {
                try shop.send(topic, Self.request(77, "ann", #""orders_to_redact":[1],"orders_requested":[1]"#))
            }
            try await shop.settle()
            #expect(try shop.books.lines(Self.orders) == ["1|ann@mail.example"])
            #expect(try shop.books.count("select count(*) from events") == 3)
            #expect(try shop.books.count("select count(*) from job_log") == 0)
            #expect(!Files.exists(shop.folder + "/data-requests"))
            #expect(try shop.log().contains("compliance: off"))
            let check = try ChildProcess.run(
                ChildCommand([
                    try Executable.folder() + "/hookledger", "config", "check", "--config",
                    shop.stack.folder.configuration,
                ]))
            #expect(check.text.contains("compliance: off") && check.succeeded, "\(check.text)")
        }
    }
}
