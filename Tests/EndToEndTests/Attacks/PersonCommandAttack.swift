import LocalStack
import Platform
import StackSuite
import Testing

/// Part 1 again, by the commands in place of a webhook: telephone numbers, and words that name nobody.
extension Attacks {
    /// Numbers that hold the person's, are held by it, or end as it does.
    private static let numbers = [
        "+49301239999", "+493012399", "+4930123999", "+4330123999901", "+1 493 012 399 90", "030 12399",
        "+4930 1239 990 1",
    ]
    private static let own = "+49 (30) 12399-90"

    private static func body(_ id: Int, _ phone: String) -> String {
        """
        {"id":\(id),"admin_graphql_api_id":"gid://shopify/Order/\(id)","email":"p\(id)@mail.example","line_items":[],\
        "updated_at":"2026-01-01T00:00:00Z","total_price":"10.00","financial_status":"paid","phone":"\(phone)",\
        "shipping_address":{"address1":"Street of \(id)"}}
        """
    }

    @Test func aCommandTouchesWhomItNames() async throws {
        try await attack(1, "telephone numbers near a person's, and commands that name nobody") { count in
            let tool = StackTool(stack)
            #expect(try shopify("orders/create", Self.body(9_800, Self.own)).status == 200)
            for (number, phone) in Self.numbers.enumerated() {
                #expect(try shopify("orders/create", Self.body(9_801 + number, phone)).status == 200)
            }
            let others = "select order_id, email from orders where order_id between '9801' and '9899' order by 1"
            let before = try books.lines(others)
            #expect(before.count == Self.numbers.count)
            for nobody in [
                ["--email", "@"], ["--email", "a@"], ["--email", ""], ["--email", "mail.example"], ["--phone", "+"],
                ["--phone", "123"], ["--phone", ""], ["--email", "%"], ["--email", "p%@mail.example"],
                ["--customer", ""],
            ] {
                let forgotten = try tool.run(["person", "forget"] + nobody + ["--reason", "an attack", "--yes"])
                let copied = try tool.run(["person", "export", "--json"] + nobody)
                count.expect(
                    !forgotten.succeeded && !copied.succeeded && !copied.text.contains("Street of"),
                    "\(nobody): \(forgotten.text)\(copied.text)")
            }
            count.expect(try books.lines(others) == before, "what names nobody took something")

            let copy = try tool.run(["person", "export", "--json", "--phone", "+49301239990"])
            #expect(copy.succeeded && copy.text.contains("Street of 9800"), "\(copy.errorText)")
            for number in Self.numbers.indices {
                count.expect(
                    !copy.text.contains("Street of \(9_801 + number)"), "the copy holds \(Self.numbers[number])")
            }
            let forgotten = try tool.run(
                ["person", "forget", "--phone", "+49301239990", "--reason", "an attack", "--yes"])
            #expect(forgotten.succeeded, "\(forgotten.errorText)")
            try await settle()
            #expect(try books.count("select count(*) from orders where order_id = '9800' and email is null") == 1)
            for (number, phone) in Self.numbers.enumerated() {
                let kept = try books.count(
                    "select count(*) from events where convert_from(body, 'UTF8') like '%Street of \(9_801 + number)%'")
                count.expect(
                    try books.lines(others).contains(before[number]) && kept == 1, "\(phone) was touched")
            }
        }
    }
}
