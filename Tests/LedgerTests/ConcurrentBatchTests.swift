import JSON
import Ledger
import LedgerSupport
import Platform
import TestThreads
import Testing
import Webhooks

/// Several responders at once, with batches that share orders.
@Suite(.blocking) struct ConcurrentBatchTests {
    @Test func batchesThatShareOrdersNeitherLoseNorDoubleAnything() async throws {
        let ledger = try LedgerFixture()
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        let statuses = ["UNPAID", "AWAITING_SHIPMENT", "IN_TRANSIT", "DELIVERED", "COMPLETED", "CANCEL"]
        try await withThrowingTaskGroup { group in
            for worker in 0..<6 {
                group.addTask {
                    var random = SplitMix64(seed: UInt64(worker))
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(30))
                    for _ in 0..<10 {
                        let batch = try (0..<20).shuffled(using: &random).map { order in
                            try Guide.recordable(
                                Guide.body(
                                    "order_status_change", order: "O\(order)", status: statuses[worker],
                                    at: 1_735_380_000 + Int64(worker) * 10))
                        }
                        for result in writer.record(batch) { _ = try result.get() }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) from orders") == "20")
        #expect(try ledger.value("select count(*) from orders where status = 'CANCELLED'") == "20")
        #expect(try ledger.value("select count(*) from events") == "120")
        #expect(try ledger.value("select count(*) from jobs") == "120")
        // Per order, in the order of the jobs' ids, each event starts from what the one before it left.
        #expect(
            try ledger.value(
                """
                select count(*) from (
                    select h.old, lag(h.new) over (partition by h.order_row order by j.job_id) as left_before
                    from order_events as h join jobs as j using (event_id) where h.field = 'status'
                ) as steps where old is distinct from left_before
                """) == "0")
        #expect(
            try ledger.value("select count(*) >= 20 from events where disposition in ('created', 'applied')") == "true")
    }

    @Test func aBatchPlanTakesEachOrderAndEachEventOnce() {
        func order(_ id: String) -> [ConflictKey] {
            [.event(source: "s", key: Array(id.utf8)), .record(.order, source: "s", id: String(id.prefix(1)))]
        }
        #expect(BatchPlan.next([order("a1"), order("b1"), order("a2"), order("c1")], limit: 9) == [0, 1, 3])
        #expect(BatchPlan.next([order("a1"), order("a1"), order("a2")], limit: 9) == [0])
        #expect(BatchPlan.next([order("a1"), order("b1")], limit: 1) == [0])
        #expect(BatchPlan.next([[ConflictKey]](), limit: 5) == [])
    }
}
