import LocalStack
import StackSuite
import Testing

/// Part 1: only the person who is named is touched.
extension Attacks {
    /// Customers of one shop whose addresses hold the person's or nearly do.
    private static let neighbours = [
        "joann@mail.example", "roseann@mail.example", "ann@mail.example.org", "bob@mail.example", "jo.ann@mail.example",
        "ann+shop@mail.example", "ann@sub.mail.example", "ann@xmail.example", "annb@mail.example", "neva@post.example",
        "x/ann@mail.example", "x=ann@mail.example", "x?ann@mail.example", "x&ann@mail.example", "'ann@mail.example",
    ]

    /// What names nobody: none of these may take anything.
    private static let nobody = ["@", "", "a@", "@mail.example", "mail.example", "ann", " "]

    /// What a free text says of an address: there `/` and the like part an address from what stands before it.
    private static func quotable(_ email: String) -> String {
        email.contains(where: "/=?&'".contains) ? "somebody" : email
    }

    private static func order(_ id: Int, _ email: String) -> String {
        """
        {"id":\(id),"admin_graphql_api_id":"gid://shopify/Order/\(id)","email":"\(email)","line_items":[],\
        "updated_at":"2026-01-01T00:00:00Z","total_price":"10.00","financial_status":"paid","customer":{"id":\(id)},\
        "note":"{\\"customer_id\\":\\"9100\\"}",\
        "phone":"+4930123456\(id % 10)","shipping_address":{"address1":"Street \(id) of \(quotable(email))"}}
        """
    }

    private static func request(_ customer: Int, _ email: String, _ rest: String) -> String {
        #"{"shop_domain":"mine.example","customer":{"id":\#(customer),"email":"\#(email)"},\#(rest)}"#
    }

    @Test func whoOnlyLooksLikeThePersonStays() async throws {
        try await attack(1, "neighbours of a person who is redacted, and requests that name nobody") { count in
            let own = (id: 9_100, email: "ann@mail.example")
            #expect(try shopify("orders/create", Self.order(own.id, own.email)).status == 200)
            for (number, email) in Self.neighbours.enumerated() {
                #expect(try shopify("orders/create", Self.order(9_200 + number, email)).status == 200)
            }
            let others = "select order_id, email from orders where order_id between '9200' and '9299' order by 1"
            let before = try books.lines(others)
            #expect(before.count == Self.neighbours.count)
            for (number, email) in Self.nobody.enumerated() {
                #expect(
                    try shopify(
                        "customers/redact", Self.request(9_500 + number, email, #""orders_to_redact":[]"#)
                    ).status == 200)
            }
            // What was signed for this shop, newer and under the unsigned name of another one.
            let newer = Self.order(9_200, Self.neighbours[0]).replacing("Street", with: "Way")
                .replacing("2026-01-01", with: "2026-01-02")
            #expect(try shopify("orders/updated", newer, from: "theirs.example").status == 200)
            // Another shop's request: it names a customer and orders of this one.
            for (topic, body) in [
                ("customers/redact", Self.request(9_200, Self.neighbours[0], #""orders_to_redact":[9200]"#)),
                ("shop/redact", #"{"shop_id":9,"shop_domain":"theirs.example"}"#),
            ] {
                let text = body.replacing("mine.example", with: "theirs.example")
                #expect(try shopify(topic, text, from: "theirs.example").status == 200)
            }
            try await settle()
            for (line, email) in zip(try books.lines(others), Self.neighbours) {
                count.expect(before.contains(line), "\(email) was touched by what names nobody here: \(line)")
            }
            let kept = try books.lines("select email from orders where order_id = '\(own.id)'")
            count.expect(kept == [own.email], "the order was reduced by a request that names nobody: \(kept)")

            #expect(
                try shopify(
                    "customers/redact", Self.request(own.id, own.email, #""orders_to_redact":[\#(own.id)]"#)
                ).status == 200)
            try await settle()
            #expect(try books.count("select count(*) from orders where order_id = '\(own.id)' and email is null") == 1)
            let after = try books.lines(others)
            for (number, email) in Self.neighbours.enumerated() {
                count.expect(after.contains(before[number]), "\(email) was touched")
                let kept = try books.count(
                    "select count(*) from events where convert_from(body, 'UTF8') like '%Street \(9_200 + number) of \(Self.quotable(email))%'"
                )
                count.expect(kept == 1, "the event of \(email) was touched")
            }
        }
    }

    /// Waits for the batch processor.
}
