import JSON
import Ledger
import Platform
import TestThreads
import Testing
import Webhooks

/// One delivery about several orders.
@Suite(.blocking) struct SeveralRecordsTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private static let package = Saying(status: "SHIPPED", at: 10, further: ["2", "3"])

    @Test func eachOfThemIsChangedAndHasJobs() throws {
        try ledger.tell([Saying(id: "2", status: "NEW", at: 0)])
        let receipt = try #require(try ledger.tell([Self.package], action: "ops").first)
        #expect(
            try ledger.value("select string_agg(order_id || status, ' ' order by order_id) from orders")
                == "1SHIPPED 2SHIPPED 3SHIPPED")
        #expect(
            try ledger.value(
                """
                select string_agg(record_no || o.order_id || r.disposition, ' ' order by record_no)
                from event_rows as r join orders as o on o.id = r.record_row where event_id = \(receipt.eventID)
                """) == "01created 12applied 23created")
        #expect(try ledger.value("select count(distinct order_row) from jobs") == "3")
        #expect(
            try ledger.value("select count(distinct order_row) from order_timeline where event_id = \(receipt.eventID)")
                == "3")
        #expect(
            try ledger.value(
                "select string_agg(new ->> 0, ' ' order by event_id) from order_events where order_id = '2'")
                == "NEW SHIPPED")
        #expect(
            try ledger.value("select count(*) from jobs_of_event(\(receipt.eventID), \(receipt.orderRow ?? 0))") == "3")
    }

    @Test func aBatchPlanHoldsBackWhateverSharesAnyOfThem() throws {
        let batch = try [
            Self.package, Saying(id: "3", status: "NEW", at: 0), Saying(id: "4", status: "NEW", at: 0),
            Saying(id: "5", status: "NEW", at: 0, further: ["4"]),
        ].map { try $0.recordable() }
        #expect(BatchPlan.next(batch.map(\.conflictKeys), limit: 9) == [0, 2])
        let hold = try (0..<2).map { try Saying(id: nil, subject: "hold:1", note: "\($0)").recordable() }
        #expect(BatchPlan.next(hold.map(\.conflictKeys), limit: 9) == [0])
    }

    @Test func aHundredOrdersAreTouchedAndTheRestIsCounted() throws {
        try ledger.tell([Saying(status: "SHIPPED", at: 0, further: (2...130).map(String.init))])
        #expect(try ledger.value("select count(*) from orders") == "100")
        #expect(try ledger.value("select unread from events") == #"{"records": 30}"#)
        #expect(try ledger.value("select field || events from unread_fields") == "records1")
    }

    @Test func aRepetitionKnowsAllOfThem() throws {
        let repeated = Saying(id: "2", status: "HELD", window: 600)
        try ledger.tell([repeated, Self.package, repeated, repeated])
        #expect(try ledger.value("select count(*) from events") == "3")
    }

    /// Two batches about the same orders in other orders: neither waits for the other in a circle.
    @Test func sharedOrdersLoseNothing() async throws {
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        try await withThrowingTaskGroup { group in
            for worker in 0..<4 {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(30))
                    var random = SplitMix64(seed: UInt64(worker))
                    for round in 0..<15 {
                        let ids = (0..<8).map(String.init).shuffled(using: &random)
                        let delivery = try Saying(
                            id: ids[0], status: "s", at: Int64(round), further: Array(ids[1...4]), note: "\(worker)"
                        ).recordable(action: "ops")
                        _ = try #require(writer.record([delivery]).first).get()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.value("select count(*) from events") == "60")
        #expect(try ledger.value("select count(*) from event_rows") == "300")
        #expect(try ledger.value("select count(*) from jobs") == "300")
    }

    @Test func whatCouldNotBeReadIsShown() throws {
        try ledger.tell([
            Saying(status: "a", at: 0, unread: ["price", "items.0.qty"], claimedType: "order.paid"),
            Saying(status: "b", at: 1, unread: ["price"]),
        ])
        #expect(
            try ledger.value(
                "select string_agg(source || type || field || events || example_event_id, ' ' order by field) from unread_fields"
            ) == "shoporder.updateditems.0.qty11 shoporder.updatedprice22")
        #expect(try ledger.value("select string_agg(claimed_type, '') from event_states") == "order.paid")
    }
}
