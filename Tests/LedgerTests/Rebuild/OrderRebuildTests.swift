import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// What differs is found, reported and corrected; what cannot be known is left alone.
@Suite(.blocking) struct OrderRebuildTests {
    let ledger: LedgerFixture

    init() throws {
        ledger = try LedgerFixture()
        for delivery in try EventStory.withClock[0].normalized() {
            for source in ["one", "two"] {
                _ = try ledger.record(Recordable(source: source, normalized: delivery, jobs: []))
            }
        }
    }

    private func rebuild(
        writes: Bool, source: String? = nil
    ) throws -> (report: OrderRebuild.Report, found: [OrderRebuild.Difference]) {
        var found: [OrderRebuild.Difference] = []
        let report = try OrderRebuild(
            over: ledger.connect(as: "hookledger_operator"), source: source, writes: writes
        ).run(found: { found.append($0) })
        return (report, found)
    }

    @Test func whatWasChangedByHandIsFoundAndCorrected() throws {
        let before = try ledger.value("select string_agg(order_data::text || extra::text, '|' order by id) from orders")
        try ledger.superuser.execute(
            """
            update orders set order_data = (order_data - 'items') || '{"status": "LOST"}', extra = '{"note": "mine"}'
            where source = 'two'
            """)
        let check = try rebuild(writes: false)
        #expect(check.report.different == 1 && check.report.done == 2)
        #expect(Set(check.found.map(\.source)) == ["two"])
        let status = try #require(check.found.first { $0.field == "status" })
        #expect(status.stored == #""LOST""# && status.rebuilt == #""CANCELLED""#)
        #expect(check.found.contains { $0.field == "items" && $0.stored == nil })
        #expect(check.found.contains { $0.field == "extra.note" })
        #expect(try rebuild(writes: false).report.different == 1)
        #expect(try rebuild(writes: true, source: "one").report.different == 0)
        #expect(try rebuild(writes: true).report.different == 1)
        #expect(try rebuild(writes: false).report.different == 0)
        #expect(
            try ledger.value("select string_agg(order_data::text || extra::text, '|' order by id) from orders")
                == before)
        #expect(try ledger.value("select count(*) from order_items") == "2")
    }

    @Test func ordersWithoutAllOfTheirEventsAreLeftAlone() throws {
        try ledger.superuser.execute(
            """
            insert into upkeep values ('retention', now(), now() - interval '2 days');
            update orders set created_at = now() - interval '30 days', order_data = order_data || '{"status": "KEPT"}'
            where source = 'one';
            update orders set created_at = now() + interval '6 days' where source = 'two'
            """)
        let (report, found) = try rebuild(writes: true)
        #expect(report.incomplete == 1 && report.different == 0)
        #expect(found == [])
        #expect(try ledger.value("select status from orders where source = 'one'") == "KEPT")
    }

    @Test func anOrderOfAnUnknownProviderIsLeftAlone() throws {
        try ledger.superuser.execute(
            """
            update events set provider = 'forgotten' where source = 'one' and type = 'order.cancelled';
            update orders set order_data = order_data || '{"status": "KEPT"}' where source = 'one'
            """)
        let (report, _) = try rebuild(writes: true)
        #expect(report.unreadable == 1 && report.different == 0)
        #expect(try ledger.value("select status from orders where source = 'one'") == "KEPT")
    }

    /// Rebuilding holds the orders of a page; deliveries for them wait their turn, and nothing of them is lost.
    @Test func aRebuildWhileDeliveriesComeInLosesNothing() async throws {
        let (database, operatorInfo) = (
            ledger.database, try LedgerFixture.conninfo(ledger.database, "hookledger_operator")
        )
        try await withThrowingTaskGroup { group in
            group.addTask {
                let writer = try LedgerWriter(
                    conninfo: LedgerFixture.ingestConninfo(database), deadline: .seconds(30))
                for second in 0..<200 {
                    let batch = try ["one", "two"].map {
                        try Guide.recordable(
                            Guide.body(
                                "order_status_change", order: "O", status: "COMPLETED",
                                at: 1_735_390_000 + Int64(second),
                                more: JSONObject(["step": .string("\(second)")])), source: $0)
                    }
                    for result in writer.record(batch) { _ = try result.get() }
                }
            }
            group.addTask {
                let connection = try LedgerFixture.connection(operatorInfo)
                for _ in 0..<40 {
                    let report = try OrderRebuild(over: connection, writes: true).run()
                    try #require(report.different == 0)
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select string_agg(extra ->> 'step', ' ') from orders") == "199 199")
        #expect(try rebuild(writes: false).report.different == 0)
    }
}
