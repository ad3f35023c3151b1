import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// What is about an order without being a record of it is in its timeline.
@Suite(.blocking) struct OrderMentionTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func store(_ body: JSONValue, by name: String, source: String = "tiktok-shop") throws -> Receipt {
        let provider = try #require(ProviderRegistry.named(name))
        let verified = try Guide.verified(body, by: provider, at: Guide.now)
        return try ledger.record(
            Recordable(source: source, normalized: try normalize(verified, by: provider), jobs: []))
    }

    private func timeline(_ order: String) throws -> [String] {
        let sql = "select description from order_timeline where order_id = '\(order)' order by event_id"
        return try ledger.connect(as: "hookledger_reader").query(sql).map { try $0.text(0) }
    }

    private func told(_ row: Int64?) throws -> [String] {
        try Timelines.ofOrder(try #require(row), limit: 50, on: ledger.connect(as: "hookledger_api")).map(\.text)
    }

    @Test func anAfterSalesEventIsFoundByItsReturn() throws {
        let order = try store(
            [
                "type": 12, "timestamp": 1_735_380_000,
                "data": ["order_id": "O1", "return_id": "R1", "return_status": "AWAITING_BUYER_SHIP"],
            ], by: "tiktok_shop")
        _ = try store(["type": 64, "timestamp": 1_735_380_001, "data": ["return_id": "R1"]], by: "tiktok_shop")
        _ = try store(["type": 64, "timestamp": 1_735_380_002, "data": ["return_id": "R2"]], by: "tiktok_shop")
        // The same id of another shop's system is another return.
        _ = try store(
            ["type": 64, "timestamp": 1_735_380_003, "data": ["return_id": "R1"]], by: "tiktok_shop", source: "other")
        #expect(
            try timeline("O1") == [
                "return.updated (12, signature): created the order", "return.updated (64, signature): about its return",
            ])
        #expect(try told(order.orderRow).count == 2)
    }

    @Test func anEventThatOnlyNamesTheOrderIsShown() throws {
        let order = try store(
            Guide.body("order_created", order: "O1", status: "UNPAID", at: 1_735_380_000), by: "tiktok_shop_guide")
        _ = try store(
            Guide.body("review_written", order: "O1", status: nil, at: 1_735_380_000), by: "tiktok_shop_guide")
        #expect(try timeline("O1").last == "review_written (review_written, signature): about the order")
        #expect(try told(order.orderRow).first?.contains("it is about the order") == true)
    }

    @Test func printifysOwnWebhooksAreFoundByWhatWasMadeThere() throws {
        let order = try store(
            Guide.body("order_created", order: "O1", status: "AWAITING_SHIPMENT", at: 1_735_380_000),
            by: "tiktok_shop_guide")
        let row = try #require(order.orderRow)
        try ledger.superuser.execute(
            """
            insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at, order_row,
                external_id, finished_at)
            values ('printify:\(row)', 'print', 'printify', 'done', 1, \(order.eventID), now(), \(row), 'pfy-1', now())
            """)
        let shipped: JSONValue = [
            "id": "e1", "type": "order:shipment:created", "created_at": "2026-11-14T22:13:20Z",
            "resource": ["id": "pfy-1", "type": "order", "data": ["shop_id": 1]],
        ]
        _ = try store(shipped, by: "printify", source: "printify")
        var other = shipped
        if var object = other.object {
            object["id"] = "e2"
            object["resource"] = ["id": "pfy-2", "type": "order"]
            other = .object(object)
        }
        _ = try store(other, by: "printify", source: "printify")
        #expect(
            try timeline("O1") == [
                "order.created (order_created, signature): created the order",
                "package.shipped (order:shipment:created, signature): about what print made: pfy-1",
            ])
    }
}
