import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// Part 2: a body is what it says it is.
extension Attacks {
    /// Topics of orders, as a stranger writes them over a genuine body of another kind.
    private static let topics = [
        "shopify": ["orders/create", "orders/updated", "orders/paid", "orders/cancelled", "orders/fulfilled"],
        "woocommerce": ["order.created", "order.updated", "order.restored"],
    ]

    /// Signed bodies that are no record at all.
    private static let empty = [
        #"{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}"#,
        #"{"order":{"id":77,"status":"processing"}}"#, "{}", "[]", "null", #"{"id":77,"status":"processing"}"#,
        #"{"webhook_id":5}"#,
    ]

    /// The bodies of all samples that are no order's.
    private func foreign(_ provider: String) throws -> [(name: String, body: String)] {
        let folder = try Executable.share(of: Executable.folder()) + "/samples/" + provider
        let files = try Files.list(folder).sorted().flatMap { name in
            name.hasSuffix(".json") ? [name] : try Files.list("\(folder)/\(name)").sorted().map { "\(name)/\($0)" }
        }
        return try files.filter { !$0.hasPrefix("order") || $0.hasPrefix("order_") }.enumerated().map { number, name in
            let text = try Files.readText("\(folder)/\(name)")
            let body = try #require(try JSONValue(parsing: Array(text.utf8))["body"], "\(name)").text
            let filled = [
                (#""{number}""#, "\(7_000_000 + number)"), ("{number}", "\(7_000_000 + number)"),
                ("{digits}", "\(7_000_000 + number)"), ("{rfc3339}", "2024-12-28T10:00:00Z"),
                ("{gmt}", "2024-12-28T10:00:00"), ("{id}", "5eed"),
            ].reduce(body) { $0.replacing($1.0, with: $1.1) }
            return (name, filled)
        }
    }

    @Test func aBodyUnderAnotherTopicMakesNoOrder() async throws {
        try await attack(2, "genuine bodies under the topics of orders") { count in
            let rows = "select count(*) from orders where source in ('shopify', 'woocommerce')"
            let jobs = "select count(*) from jobs"
            for (provider, topics) in Self.topics.sorted(by: { $0.key < $1.key }) {
                let bodies = try foreign(provider) + Self.empty.map { ("\($0)", $0) }
                #expect(bodies.count > 12)
                for body in bodies {
                    for topic in topics {
                        let before = try (books.count(rows), books.count(jobs))
                        let isShopify = provider == "shopify"
                        let status =
                            try isShopify ? shopify(topic, body.body).status : wooCommerce(topic, body.body).status
                        let after = try (books.count(rows), books.count(jobs))
                        count.expect(before == after, "\(body.name) as \(topic) made a row or a job (\(status))")
                    }
                }
            }
            // A paid order is not cancelled, whatever the header says.
            let paid = """
                {"id":7900001,"admin_graphql_api_id":"gid://shopify/Order/7900001","cancelled_at":null,"line_items":[],\
                "updated_at":"2026-01-01T00:00:00Z","total_price":"10.00","financial_status":"paid"}
                """
            for topic in ["orders/cancelled", "orders/fulfilled", "orders/partially_fulfilled"] {
                #expect(try shopify(topic, paid).status == 200)
                let types = try books.lines(
                    "select distinct type from events where subject = 'order:7900001' order by 1")
                count.expect(types == ["order.updated"], "\(topic) over a paid order is \(types)")
            }
        }
    }
}
