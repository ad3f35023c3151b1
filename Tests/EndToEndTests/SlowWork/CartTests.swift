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

    @Test func eachCartIsToldOnceUnlessItsOrderCame() async throws {
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
}
