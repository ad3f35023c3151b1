import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// TikTok's webhook points at an order and its API tells it, with one and the same time.
@Suite(.blocking) struct TikTokDetailTests {
    private static let statuses = ["AWAITING_SHIPMENT", "IN_TRANSIT", "CANCEL"]

    private func recordable(_ body: JSONValue, by name: String) throws -> Recordable {
        let provider = try #require(ProviderRegistry.named(name))
        // What is fetched is not signed.
        let verified = try provider.scheme.verify(
            Guide.delivery(body, by: TikTokShopProvider(), at: Guide.now), keyring: Keyring(secrets: []), policy: .none,
            now: Guide.now)
        return Recordable(
            source: "tiktok-shop", normalized: try normalize(verified, by: provider), jobs: [],
            origin: name == "tiktok_shop_detail" ? .fetched : .delivery)
    }

    private func story(_ order: Int, _ status: String) throws -> [Recordable] {
        let id = JSONValue.string("5766536881352\(order)")
        let time = JSONValue.number(JSONNumber(1_735_380_000 + Int64(order)))
        let pointer: JSONValue = [
            "type": 1, "tts_notification_id": id, "timestamp": time,
            "data": ["order_id": id, "order_status": .string(status), "update_time": time],
        ]
        let details: JSONValue = [
            "id": id, "status": .string(status == "CANCEL" ? "CANCELLED" : status), "update_time": time,
            "buyer_email": "jo@example.com", "payment": ["total_amount": "12.50", "currency": "USD"],
        ]
        return [
            try recordable(pointer, by: "tiktok_shop"), try recordable(details, by: "tiktok_shop_detail"),
        ]
    }

    @Test func twentyOrdersAreCompleteInEitherOrderOfArrival() throws {
        var random = SplitMix64(seed: 13)
        for reversed in [false, true] {
            let ledger = try LedgerFixture()
            for order in 0..<20 {
                let status = try #require(Self.statuses.randomElement(using: &random))
                let story = try story(order, status)
                for event in reversed ? story.reversed() : story { _ = try ledger.record(event) }
            }
            #expect(
                try ledger.value(
                    """
                    select count(*) from orders
                    where order_data -> 'needs_detail' = 'false' and email = 'jo@example.com' and total_amount = 12.50
                    """) == "20")
            // One word for a cancelled order, whoever told it last.
            #expect(try ledger.value("select count(*) from orders where status = 'CANCEL'") == "0")
            #expect(
                try ledger.value(
                    """
                    select count(*) from order_states
                    where stage <> case status when 'CANCELLED' then 'cancelled' when 'IN_TRANSIT' then 'shipped' else 'to_ship' end
                    """) == "0")
        }
    }

    @Test func aPartOfAnOrderDoesNotAskForDetailsThatWereFetched() throws {
        let ledger = try LedgerFixture()
        for event in try story(1, "AWAITING_SHIPMENT") { _ = try ledger.record(event) }
        let request: JSONValue = [
            "type": 11, "timestamp": 1_735_380_500,
            "data": [
                "order_id": "57665368813521", "cancel_status": "CANCELLATION_REQUEST_PENDING", "cancel_id": "c",
            ],
        ]
        _ = try ledger.record(recordable(request, by: "tiktok_shop"))
        #expect(
            try ledger.value(
                "select concat_ws(' ', cancel_requested, stage, order_data -> 'needs_detail') from order_states")
                == "t to_ship false")
        #expect(
            try ledger.value("select new::text from order_events where field = 'cancel_requested'") == "true")
    }
}
