import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Webhooks

/// A replay of an event about several orders judges each of them for itself.
@Suite(.blocking) struct SeveralRecordsReplayTests {
    let fixture: ReplayFixture
    private var ledger: LedgerFixture { fixture.ledger }

    init() throws { fixture = try ReplayFixture(rules: "[ { name: sent, do: [ops, erp] } ]") }

    /// TikTok Shop's type 4: a package of three orders.
    private func package() throws -> Receipt {
        let provider = TikTokShopProvider()
        let verified = try Guide.verified(
            [
                "type": 4, "tts_notification_id": "n4", "shop_id": "7", "timestamp": 1_735_380_000,
                "data": ["package_list": [["package_id": "p", "order_id_list": ["11", "12", "13"]]]],
            ], by: provider, at: Guide.now)
        return try ledger.record(
            Recordable(source: "tiktok-shop", normalized: normalize(verified, by: provider), jobs: []))
    }

    private func finish(_ action: String, order: String) throws {
        try ledger.superuser.execute(
            """
            with gone as (
                delete from jobs as j using orders as o
                where o.id = j.order_row and o.order_id = '\(order)' and j.action = '\(action)' returning j.*)
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row,
                job_created_at, started_at, finished_at, outcome)
            select job_id, 1, action, kind, rule, event_id, event_received_at, order_row, now(), now(), now(), 'done'
            from gone
            """)
    }

    @Test func eachRowHasAFateOfItsOwn() throws {
        let receipt = try package()
        let (first, _) = try fixture.replay(fixture.request("r1"))
        #expect(first.jobs == ["ops": [.new: 3], "erp": [.new: 3]])
        #expect(
            try ledger.value(
                """
                select string_agg(o.order_id || j.action, ' ' order by o.order_id, j.action) from jobs as j
                join orders as o on o.id = j.order_row
                """) == "11erp 11ops 12erp 12ops 13erp 13ops")
        // One is done, one dead, one open.
        try finish("ops", order: "12")
        try ledger.superuser.execute(
            """
            update jobs as j set state = 2 from orders as o
            where o.id = j.order_row and o.order_id = '13' and j.action = 'ops'
            """)
        // Whichever of its orders a dead letter is about.
        #expect(try ledger.value("select status from event_states") == "failed")
        let (second, events) = try fixture.replay(fixture.request("r2"))
        #expect(second.jobs == ["ops": [.open: 1, .repeated: 1, .revived: 1], "erp": [.open: 3]])
        #expect(events.map(\.id) == [receipt.eventID] && events[0].jobs.count == 6)
        #expect(
            try ledger.value(
                "select count(*) || ' ' || count(distinct (order_row, action)) || ' ' || max(state) from jobs")
                == "6 6 0")
        // The event is open as long as a job of any of its orders is.
        #expect(try ledger.value("select status from event_states") == "pending")
    }

    @Test func itIsFoundByEachOfItsOrders() throws {
        let receipt = try package()
        _ = try fixture.store(1)
        for order in ["11", "12", "13"] {
            let (report, events) = try fixture.replay(
                fixture.request("by \(order)") { $0.isDryRun = true }, fixture.filter { $0.order = order })
            #expect(report.total == 1 && events.map(\.id) == [receipt.eventID], "\(order)")
        }
        // Of one shop only.
        try ledger.superuser.execute("update orders set shop_key = 'a.example' where order_id = '12'")
        for (shop, total) in [("a.example", 1), ("b.example", 0)] {
            let (report, _) = try fixture.replay(
                fixture.request("of \(shop)") { $0.isDryRun = true },
                fixture.filter {
                    $0.order = "12"
                    $0.shop = shop
                })
            #expect(report.total == total, "\(shop)")
        }
        let (other, _) = try fixture.replay(
            fixture.request("other") { $0.isDryRun = true },
            fixture.filter {
                $0.order = "11"
                $0.shop = "a.example"
            })
        #expect(other.total == 0)
    }

    @Test func theEventNamesAllItsOrders() throws {
        let receipt = try package()
        let api = try ledger.connect(as: "hookledger_api")
        let detail = try #require(try DeliveryDetail.event(receipt.eventID, on: api))
        let row = try JSONValue(parsing: Array(detail.row.text.utf8))
        #expect(row["orders"]?.array?.map { $0["order_id"]?.string } == ["11", "12", "13"])
        #expect(row["order"]?["order_id"] == "11")
    }
}
