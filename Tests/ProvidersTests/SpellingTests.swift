import JSON
import Testing
import Verification
import Webhooks

@testable import Providers

/// Values as senders spell them, read to the end: what can be read is kept, what cannot is kept beside and named.
@Suite("Values in another spelling")
struct SpellingTests {
    func roms(_ members: String) throws -> Event { try read("{\"order_number\":\"1\",\(members)}", by: "roms") }

    @Test(
        "Amounts as people write them, from the scripts that speak the ROMS guide's contract",
        arguments: [
            ("1,299.00", "1299.00"), ("1.299,00", "1299.00"), ("99,90", "99.90"), ("1,299,000", "1299000"),
            ("1 299,50", "1299.50"), ("-15,5", "-15.5"), ("1234,5", "1234.5"), ("0,99", "0.99"), ("1.299", "1.299"),
        ])
    func written(sent: String, kept: String) throws {
        #expect(try roms("\"price\":\"\(sent)\"").order?.fields[.price]?.string == kept)
    }

    @Test(
        "What can be read in two ways, or in none, is not guessed",
        arguments: [
            "1,299", "1,29,00", "12345,678.00", "1,299a5", "$5", "5,", ",5", "1,,2", "1.2.3", "1,299 00", "NaN",
            "1e400",
        ])
    func notWritten(sent: String) throws {
        let event = try roms("\"price\":\"\(sent)\"")
        #expect(event.order?.fields[.price] == nil && event.order?.extra["price"]?.string == sent)
        #expect(event.unreadFields == ["price"])
    }

    @Test("Nobody else's amounts have separators", arguments: ["shopify", "woocommerce"])
    func elsewhere(provider: String) throws {
        let body =
            #"{"id":1,"line_items":[{"id":2,"price":"1,299.00","quantity":"many"}],"total":"99,90","total_price":"99,90","status":"x"}"#
        let topic =
            provider == "shopify" ? ("x-shopify-topic", "orders/updated") : ("x-wc-webhook-topic", "order.updated")
        let event = try read(body, by: provider, [topic])
        #expect(event.order?.fields[.totalAmount] == nil)
        #expect(
            Set(event.unreadFields) == [
                provider == "shopify" ? "total_price" : "total", "line_items.price", "line_items.quantity",
            ])
        #expect(event.order?.fields[.items] == [["line_id": "2", "extra": ["price": "1,299.00", "quantity": "many"]]])
    }

    @Test(
        "Money that stands deeper is named too where it cannot be read",
        arguments: [
            ("shopify", #""total_shipping_price_set":{"shop_money":{"amount":"1e400"}}"#, "total_shipping_price_set"),
            ("shopify", #""refunds":[{"transactions":[{"kind":"refund","amount":"a lot"}]}]"#, "refunds"),
            ("woocommerce", #""refunds":[{"id":1,"total":"-1,50"}]"#, "refunds.total"),
            ("woocommerce", #""billing":{"email":5}"#, "billing.email"),
            ("tiktok_shop_detail", #""payment":{"total_amount":"1,234.50","currency":"USD"}"#, "payment.total_amount"),
        ])
    func deeper(provider: String, sent: String, name: String) throws {
        let headers = [("x-shopify-topic", "orders/updated"), ("x-wc-webhook-topic", "order.updated")]
        let body = #"{"id":1,"total":"1","status":"x","financial_status":"paid",\#(sent)}"#
        let event = try read(body, by: provider, headers)
        #expect(event.unreadFields == [name])
    }

    @Test("The first alternative that says something counts")
    func alternatives() throws {
        for empty in [#""""#, "null"] {
            let event = try roms(
                "\"price\":\(empty),\"unit_price\":\"5.00\",\"email\":\(empty),\"customer_email\":\"j@mail.example\"")
            #expect(event.order?.fields[.price] == "5.00" && event.order?.fields[.email] == "j@mail.example")
            #expect(event.order?.extra == [:] && event.unreadFields == [])
        }
        let shopify = try read(
            #"{"id":1,"financial_status":"paid","email":"","contact_email":"j@mail.example"}"#, by: "shopify",
            [("x-shopify-topic", "orders/updated")])
        #expect(shopify.order?.fields[.email] == "j@mail.example")
        #expect(try roms(#""email":"","customer_email":null"#).order?.fields[.email] == "")
        #expect(try roms(#""price":"soon","unit_price":5"#).unreadFields == ["price"])
    }

    @Test("A byte order mark, Latin-1, and JSON in a form")
    func bytes() throws {
        let plain = #"{"order_number":"1","customer_name":"Zoe"}"#
        let order = try #require(try roms(#""customer_name":"Zoe""#).order)
        #expect(try read("\u{FEFF}" + plain, by: "roms").order == order)
        let provider = try #require(ProviderRegistry.named("roms"))
        let latin = Array(plain.utf8).map { $0 == UInt8(ascii: "Z") ? 0xC9 : $0 }
        let verified = try provider.scheme.verify(delivery(body: latin), keyring: ring, policy: .none, now: noon)
        let event = try normalize(verified, by: provider).event
        #expect(event.order?.fields[.customerName] == "Éoe" && event.unreadFields == ["customer_name"])
        let refusal = #expect(throws: Refusal.self) { try read("payload=%7B%22order_number%22%3A1%7D", by: "roms") }
        #expect(refusal?.kind == .invalidPayload)
    }

    @Test("Addresses name what they could not read")
    func nested() throws {
        let event = try read(
            #"{"id":1,"financial_status":"paid","shipping_address":{"city":["x"],"zip":"1"},"shipping_lines":[]}"#,
            by: "shopify",
            [("x-shopify-topic", "orders/updated")])
        #expect(event.unreadFields == ["shipping_address.city"])
        #expect(event.order?.fields[.shippingAddress] == ["zip": "1", "extra": ["city": ["x"]]])
    }

    @Test(
        "Sums are exact",
        arguments: [
            (["10.00", "-5.50"], "15.50"), (["0.1", "0.2"], "0.3"),
            (["-16.528925619834713", "1"], "17.528925619834713"),
            (["999.99", "0.01"], "1000.00"), (["1e2", "0.5"], "100.5"), (["0.00"], "0.00"),
        ])
    func sums(amounts: [String], sum: String) {
        #expect(DecimalSum.ofMagnitudes(amounts.map(JSONValue.string)) == .string(sum))
    }

    @Test("What is no number has no sum")
    func noSum() {
        #expect(DecimalSum.ofMagnitudes(["1.00", "x"]) == nil)
        #expect(DecimalSum.ofMagnitudes(["1.00", ""]) == nil)
    }

    @Test("A word in general use has a stage")
    func stages() throws {
        for (word, stage) in [
            ("On-Hold", "on_hold"), ("SHIPPED", "shipped"), ("pending", "unpaid"), ("Refunded", "returned"),
        ] {
            #expect(try roms("\"status\":\"\(word)\"").order?.fields[.stage]?.string == stage)
        }
        #expect(try roms(#""status":"at the moon""#).order?.fields[.stage] == .null)
        #expect(try roms(#""price":1"#).order?.fields[.stage] == nil)
    }
}
