import StackSuite
import StandIns
import Testing

/// Carts that became no order, by Shopify's checkouts and the EverShop guide's form.
@Suite(.place) struct CartTests {
    private static func checkout(_ cart: String, _ email: String, at second: Int) -> String {
        #"{"id":\#(second),"token":"t\#(cart)","cart_token":"\#(cart)","email":"\#(email)","updated_at":"2026-01-01T00:00:0\#(second)Z"}"#
    }

    private static func order(_ id: Int, cart: String, _ email: String) -> String {
        #"{"id":\#(id),"cart_token":"\#(cart)","email":"\#(email)","updated_at":"2026-01-01T00:00:09Z","line_items":[]}"#
    }

    @Test func eachCartIsRemindedOnceUnlessItsOrderCame() async throws {
        try await SlowWorkStack.run { shop in
            try await shop.send([
                shop.shopify("checkouts/update", Self.checkout("left", "left@example.com", at: 1)),
                shop.shopify("checkouts/update", Self.checkout("left", "left@example.com", at: 2)),
                shop.shopify("checkouts/update", Self.checkout("bought", "bought@example.com", at: 1)),
                // The order of this one comes before its cart.
                shop.shopify("orders/create", Self.order(2, cart: "early", "")),
                // This customer orders by another cart.
                shop.shopify("checkouts/update", Self.checkout("other", "Other@example.com", at: 1)),
            ])
            try await shop.send([
                shop.shopify("checkouts/update", Self.checkout("early", "early@example.com", at: 1)),
                shop.shopify("orders/create", Self.order(1, cart: "bought", "x@example.com")),
                shop.shopify("orders/create", Self.order(3, cart: "", "other@example.com")),
                // A cart alone does not say whose it is.
                shop.shopify("carts/update", #"{"id":"alone","token":"alone","updated_at":"2026-01-01T00:00:01Z"}"#),
                shop.everShop(
                    "order",
                    #"{"event":"cart.updated","timestamp":"2025-10-28T12:00:00Z","data":{"id":"9","customerEmail":"x@y.z"}}"#
                ),
            ])
            // No timer has run out yet; none is lost, and none runs twice.
            try await shop.killWorkers(times: 2)
            #expect(try await shop.settle())
            let told = ["Cart of left@example.com": 1, "Cart of (unknown)": 2]
            #expect(try shop.standIns.effects("slack") == told)
            #expect(
                try shop.books.lines(
                    "select reason from job_log where outcome = 'skipped' order by reason")
                    == ["1", "2", "3"].map { "the cart became the order \($0)" })
            // It is touched again later.
            try await shop.send([shop.shopify("checkouts/update", Self.checkout("left", "left@example.com", at: 3))])
            #expect(try await shop.settle())
            #expect(try shop.standIns.effects("slack") == told)
            #expect(
                try shop.books.lines("select reason from job_log where reason like '%before'")
                    == ["the cart's owner was reminded before"])
        }
    }
    /// Senders may name the buyer by an id only, and the checkout instead of the cart.
    @Test func anOrderOfTheSameCustomerOrCheckoutEndsTheTimer() async throws {
        try await SlowWorkStack.run(abandonment: "1h") { shop in
            let time = #""updated_at":"2026-01-01T00:00:01Z""#
            try await shop.send([
                shop.everShop("order", #"{"event":"cart.updated","data":{"id":"c1","customerId":"x"}}"#),
                shop.everShop("order", #"{"event":"cart.updated","data":{"id":"c2","customerId":"y"}}"#),
                shop.shopify(
                    "checkouts/update",
                    #"{"id":1,"token":"t3","cart_token":null,"email":null,"customer":{"id":33,"email":null},\#(time)}"#),
                shop.shopify("checkouts/update", #"{"id":2,"token":"t4","cart_token":"c4","email":null,\#(time)}"#),
                shop.shopify("checkouts/update", #"{"id":5,"token":"t5","cart_token":null,"email":"e@x.y",\#(time)}"#),
                shop.shopify("checkouts/update", #"{"id":6,"token":"t6","cart_token":null,"email":null,\#(time)}"#),
                shop.shopify("customers/create", #"{"id":55,"email":"E@x.y",\#(time)}"#),
            ])
            try await shop.send([
                shop.everShop("order", #"{"event":"order.created","data":{"id":"1","status":"new","customerId":"x"}}"#),
                // A guest's, in the words of another sender.
                shop.everShop("order", #"{"event":"order.created","data":{"id":"2","status":"new","customer_id":0}}"#),
                shop.shopify("orders/create", #"{"id":3,"email":null,"customer":{"id":33},"line_items":[],\#(time)}"#),
                shop.shopify(
                    "orders/create",
                    #"{"id":4,"email":null,"customer":null,"cart_token":null,"checkout_token":"t4","line_items":[],\#(time)}"#
                ),
                shop.shopify("orders/create", #"{"id":5,"email":null,"customer":{"id":55},"line_items":[],\#(time)}"#),
                // Longer than any index takes.
                shop.everShop(
                    "order",
                    #"{"event":"order.created","data":{"id":"6","cartId":"\#(Self.noise)","customerId":"\#(Self.noise)"}}"#
                ),
            ])
            try shop.endTimers()
            #expect(try await shop.settle())
            #expect(
                try shop.books.lines("select reason from job_log where outcome = 'skipped' order by reason")
                    == ["1", "3", "4", "5"].map { "the cart became the order \($0)" })
            #expect(try shop.standIns.effects("slack") == ["Cart of (unknown)": 2])
        }
    }

    private static var noise: String {
        String((0..<12_000).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "x" })
    }

    /// Whatever a cart's newest event says, and although the buyer's orders are no longer the buyer's.
    @Test func noTimerOfAForgottenPersonRemindsAnybody() async throws {
        try await SlowWorkStack.run(abandonment: "1h") { shop in
            let time = #""updated_at":"2026-01-01T00:00:01Z""#
            try await shop.send([
                shop.shopify("orders/create", Self.order(1, cart: "", "jane@example.com")),
                shop.shopify("checkouts/update", Self.checkout("one", "Jane@example.com", at: 1)),
                shop.shopify("checkouts/update", Self.checkout("two", "jane@example.com", at: 1)),
                shop.shopify("checkouts/update", #"{"token":"three","email":null,"customer":{"id":77},\#(time)}"#),
                shop.shopify("checkouts/update", Self.checkout("other", "bob@example.com", at: 1)),
            ])
            // This event does not say whose the cart is.
            try await shop.send([shop.shopify("carts/update", #"{"id":"two","token":"two"}"#)])
            try await shop.send([
                shop.shopify(
                    "customers/redact",
                    #"{"shop_domain":"example.myshopify.com","customer":{"id":77,"email":"jane@example.com"},"orders_to_redact":[1]}"#
                )
            ])
            #expect(
                try await shop.books.eventually(
                    "select count(*) from job_log where action = 'forget' and outcome = 'done'", are: ["1"]))
            try shop.endTimers()
            #expect(try await shop.settle())
            #expect(try shop.standIns.effects("slack") == ["Cart of bob@example.com": 1])
            #expect(
                try shop.books.lines(
                    "select distinct reason, count(*) from job_log where action = 'cart' group by reason"
                )
                .sorted() == ["the personal data of the cart was removed|3", "|1"].sorted())
        }
    }
}
