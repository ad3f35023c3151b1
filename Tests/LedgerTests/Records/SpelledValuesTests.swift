import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Webhooks

/// What providers read reaches the columns as it is: exact money, and halves of things.
@Suite(.blocking) struct SpelledValuesTests {
    @Test func moneyIsExactAndQuantitiesHaveFractions() throws {
        let ledger = try LedgerFixture()
        let provider = try #require(ProviderRegistry.named("woocommerce"))
        let verified = try Guide.verified(
            [
                "id": 7, "status": "processing", "total": "16.528925619834713",
                "line_items": [
                    ["id": 1, "quantity": "0.50", "price": "24.599999999999998"],
                    ["id": 2, "quantity": 3, "price": ""],
                ],
            ], headers: [(name: "x-wc-webhook-topic", value: "order.updated")], by: provider, at: Guide.now)
        _ = try ledger.record(Recordable(source: "woo", normalized: try normalize(verified, by: provider), jobs: []))
        #expect(try ledger.value("select total_amount from orders") == "16.528925619834713")
        #expect(
            try ledger.value(
                "select string_agg(coalesce(unit_price::text, '-') || ' x ' || quantity, ', ' order by line_no) from order_items"
            )
                == "24.599999999999998 x 0.5, - x 3")
        #expect(try ledger.value("select quantity from orders") == "0.5")
    }

    @Test func thirtyDigitsOnEitherSideAreKept() throws {
        let ledger = try LedgerFixture()
        let provider = try #require(ProviderRegistry.named("roms"))
        let price = String(repeating: "9", count: 30) + "." + String(repeating: "1", count: 30)
        let verified = try Guide.verified(
            ["order_number": "1", "price": .string(price)], by: provider, at: Guide.now)
        _ = try ledger.record(Recordable(source: "roms", normalized: try normalize(verified, by: provider), jobs: []))
        #expect(try ledger.value("select price from orders") == price)
    }
}
