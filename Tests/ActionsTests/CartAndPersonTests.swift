import JSON
import Jobs
import Ledger
import Testing
import Webhooks

@testable import Actions

/// What bodies say about whose cart it is, and whose data is meant.
@Suite struct CartAndPersonTests {
    private func event(_ type: String, _ body: String, subject: String? = nil, shop: String? = nil) -> JobEvent {
        JobEvent(
            id: 1, receivedAt: Timestamp(microseconds: 0), source: "shop", provider: "shopify", providerType: type,
            type: type, subject: subject, shopID: shop, body: Array(body.utf8))
    }

    @Test(
        arguments: [
            (#"{"email":"a@b.c","customer":{"id":7,"email":"x@y.z"}}"#, "a@b.c", "7"),
            (#"{"email":"","customer":{"email":"x@y.z"}}"#, "x@y.z", nil),
            (#"{"data":{"customerEmail":"a@b.c","customerId":"9"}}"#, "a@b.c", "9"), (#"{"id":"c"}"#, nil, nil),
            ("", nil, nil),
        ] as [(String, String?, String?)]) func cart(body: String, email: String?, customer: String?) throws
    {
        let cart = try #require(Cart(event("cart.updated", body, subject: "cart:c")))
        #expect(cart.id == "c" && cart.email == email && cart.customerID == customer)
        #expect(Cart(event("cart.updated", body, subject: "order:c")) == nil)
    }

    @Test func aCheckoutHasSeveralNames() {
        let body = #"{"id":5,"token":"t","cart_token":"c"}"#
        #expect(Cart(event("checkout.updated", body, subject: "cart:c"))?.names == ["c", "c", "t"])
        #expect(Cart(event("checkout.updated", #"{"cart_token":null}"#, subject: "cart:c"))?.names == ["c"])
    }

    @Test func aRequestNamesThePersonAndTheOrders() throws {
        let body = #"""
            {"shop_id":1,"shop_domain":"a.example","customer":{"id":191167,"email":"John@Example.com","phone":"555-625-1199"},
            "orders_to_redact":[299938,280263]}
            """#
        let person = try #require(Person(event("customer.redact", body)))
        #expect(person.customerIDs == ["191167"] && person.emails == ["John@Example.com"])
        #expect(person.orderIDs == ["299938", "280263"] && person.shop == nil)
        #expect(person.phones == ["555-625-1199"] && person.askingShop == "a.example" && person.provider == "shopify")
        let account = Person(
            event("customer.redact", #"{"notification":{"data":{"username":"u","userId":"i"}}}"#))
        #expect(account?.customerIDs == ["i", "u"])
        // The header with the shop is not signed, the body is; nor is the topic.
        #expect(
            Person(event("shop.redact", #"{"shop_domain":"a.example"}"#, shop: "b.example"))?.shop == "a.example")
        #expect(Person(event("shop.redact", "{}", shop: "b.example")) == nil)
        #expect(Person(event("unrecognized", body)) == nil)
        // What is no address and no number names nobody.
        for nobody in ["@", "", "a@", "@b"] {
            #expect(Person(event("customer.redact", #"{"customer":{"email":"\#(nobody)","phone":"12"}}"#)) == nil)
        }
        // What is left of a request that was done.
        #expect(Person(event("customer.redact", "{}")) == nil)
    }

    @Test func textCanHaveMembersOfTheBody() {
        var subject = Subjects.subject(order: nil)
        subject.event.body = Array(#"{"email":"a@b.c","lines":[{"title":"Mug"}]}"#.utf8)
        let template = Template("{payload.email} {payload.lines.0.title} {payload.nothing}")
        #expect(template.needsBody && !Template("{order.id} payload").needsBody)
        #expect(template.text(for: subject, escape: { $0 }) == "a@b.c Mug (unknown)")
    }
}
