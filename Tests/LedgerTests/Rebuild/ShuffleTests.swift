import JSON
import Ledger
import LedgerSupport
import Platform
import Providers
import TestThreads
import Testing
import Webhooks

/// A story shuffled, repeated and cut into batches a thousand times ends in one state, which is that of a rebuild.
///
/// Each round is a source of its own in one database: the same bodies, the same hashes, other arrivals.
@Suite(.blocking) struct ShuffleTests {
    private static let rounds = 1000
    private static let group = 100

    private static func states(_ kind: String) -> String {
        """
        select count(*) || ' rows, ' || count(distinct (\(kind)_data, extra, field_clocks(\(kind)_data, extra, clocks)))
            || ' states' from \(kind)s
        """
    }

    @Test func everyProviderWithAClockHasAStory() {
        let told = Set((EventStory.withClock + EventStory.ofRecords).map(\.testDescription))
        #expect(EventStory.withClock.count == 8 && told.count == 17)
    }

    /// Told in a thousand ways.
    private func tell(_ deliveries: [NormalizedDelivery], to ledger: LedgerFixture) throws {
        var random = SplitMix64(seed: 11)
        for first in stride(from: 0, to: Self.rounds, by: Self.group) {
            var arrivals: [Recordable] = []
            for round in first..<first + Self.group {
                let repeated = deliveries + deliveries.filter { _ in Bool.random(using: &random) }
                arrivals += repeated.map { Recordable(source: "round-\(round)", normalized: $0, jobs: []) }
            }
            try send(arrivals.shuffled(using: &random), to: ledger, &random)
        }
    }

    /// The end of a story that came as it happened is the end of every other one.
    @Test(arguments: EventStory.withClock + EventStory.ofRecords)
    func everyArrivalGivesOneState(_ story: EventStory) throws {
        let ledger = try LedgerFixture()
        let deliveries = try story.normalized()
        for delivery in deliveries {
            _ = try ledger.record(Recordable(source: "as-it-was", normalized: delivery, jobs: []))
        }
        try tell(deliveries, to: ledger)
        let rows = Self.rounds + 1
        #expect(try ledger.value(Self.states(story.kind)) == "\(rows) rows, 1 states")
        #expect(try ledger.value("select count(*) from events") == "\(rows * story.steps.count)")
        if story.kind == "order" { try expectRebuilt(rows, ledger) }
        if story.kind == "product" { try expectOneInventory(rows, ledger) }
    }

    private func expectOneInventory(_ rows: Int, _ ledger: LedgerFixture) throws {
        let levels = """
            select count(*) % \(rows) = 0 and count(*) > 0
                and count(distinct (variant_id, quantity)) = count(distinct variant_id) from inventory_levels
            """
        #expect(try ledger.value(levels) == "true")
    }

    private func expectRebuilt(_ rows: Int, _ ledger: LedgerFixture) throws {
        let lines = """
            select count(distinct lines) <= 1 and count(*) = (select count(*) from orders where order_data ? 'items')
            from (select string_agg(line_id || quantity || unit_price, ',') as lines from order_items group by order_row) as t
            """
        #expect(try ledger.value(lines) == "true")
        var differences: [OrderRebuild.Difference] = []
        let report = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false)
            .run(found: { differences.append($0) })
        #expect(report.done == rows && report.total == rows)
        #expect(differences == [])
    }

    /// In batches of any size, as they form by themselves under load.
    private func send(_ arrivals: [Recordable], to ledger: LedgerFixture, _ random: inout SplitMix64) throws {
        var waiting = arrivals
        while !waiting.isEmpty {
            let places = BatchPlan.next(
                waiting.lazy.map(\.conflictKeys), limit: Int.random(in: 1...200, using: &random))
            for result in ledger.writer.record(places.map { waiting[$0] }) { _ = try result.get() }
            let taken = Set(places)
            waiting = waiting.indices.filter { !taken.contains($0) }.map { waiting[$0] }
        }
    }

    /// Without a clock the last arrival wins, whatever the order is; dates in the order are data.
    @Test func withoutAClockTheLastArrivalWins() throws {
        let ledger = try LedgerFixture()
        var random = SplitMix64(seed: 5)
        let sender = RecordSender()
        for round in 0..<100 {
            var expected: [String: String] = [:]
            for (place, status) in ["a", "b", "c", "d", "e"].shuffled(using: &random).enumerated() {
                let total = Bool.random(using: &random) ? "\(place).00" : nil
                expected["status"] = status
                expected["total"] = total ?? expected["total"]
                var fields = JSONObject([
                    "status": .string(status), "placed_at": .string("2020-01-0\(1 + place)T00:00:00Z"),
                ])
                fields["total_amount"] = total.map(JSONValue.string)
                // Some arrive in the same microsecond: then the arrival number decides.
                let received = Guide.now.advanced(bySeconds: Int64(place / 2))
                _ = try ledger.record(
                    sender.recordable("order", "O", .object(fields), received: received, source: "round-\(round)"))
            }
            #expect(
                try ledger.value(
                    "select status || ' ' || coalesce(total_amount::text, '-') from orders where source = 'round-\(round)'"
                )
                    == "\(expected["status"] ?? "") \(expected["total"] ?? "-")")
        }
    }

    /// What its provider's guide knows as a body without any time is folded by arrival, too, and rebuilt alike.
    @Test func aRebuildKeepsTheOrderOfArrival() throws {
        let ledger = try LedgerFixture()
        for (place, status) in ["UNPAID", "DELIVERED", "UNPAID", "AWAITING_SHIPMENT"].enumerated() {
            _ = try ledger.record(
                Guide.recordable(
                    [
                        "type": "order_status_change",
                        "data": ["order_id": "O", "order_status": .string(status), "n": .string("\(place)")],
                    ]))
        }
        #expect(try ledger.value("select status || count(*) over () from orders") == "AWAITING_SHIPMENT1")
        #expect(try ledger.value("select count(*) from events where occurred_at is null") == "4")
        let report = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
        #expect(report.done == 1 && report.different == 0)
    }
}
