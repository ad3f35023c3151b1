import JSON
import Ledger
import Testing
import Webhooks

/// A story shuffled, repeated and cut into batches a thousand times ends in one state, which is that of a rebuild.
///
/// Each round is a source of its own in one database: the same bodies, the same hashes, other arrivals.
@Suite struct ShuffleTests {
    private static let rounds = 1000
    private static let group = 100

    private static let states = """
        select count(*) || ' orders, ' || count(distinct (order_data, extra, field_clocks(order_data, extra, clocks)))
            || ' states' from orders
        """

    @Test(arguments: EventStory.withClock) func everyArrivalGivesOneState(_ story: EventStory) throws {
        let ledger = try LedgerFixture()
        var random = SeededRandom(seed: 11)
        let deliveries = try story.normalized()
        for first in stride(from: 0, to: Self.rounds, by: Self.group) {
            var arrivals: [Recordable] = []
            for round in first..<first + Self.group {
                let repeated = deliveries + deliveries.filter { _ in Bool.random(using: &random) }
                arrivals += repeated.map { Recordable(source: "round-\(round)", normalized: $0, jobs: []) }
            }
            try send(arrivals.shuffled(using: &random), to: ledger, &random)
        }
        #expect(try ledger.value(Self.states) == "\(Self.rounds) orders, 1 states")
        #expect(try ledger.value("select count(*) from events") == "\(Self.rounds * story.steps.count)")
        let lines = """
            select count(distinct lines) <= 1 and count(*) = (select count(*) from orders where order_data ? 'items')
            from (select string_agg(line_id || quantity || unit_price, ',') as lines from order_items group by order_row) as t
            """
        #expect(try ledger.value(lines) == "true")
        var differences: [OrderRebuild.Difference] = []
        let report = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false)
            .run(found: { differences.append($0) })
        #expect(report.done == Self.rounds && report.total == Self.rounds)
        #expect(differences == [])
    }

    /// In batches of any size, as they form by themselves under load.
    private func send(_ arrivals: [Recordable], to ledger: LedgerFixture, _ random: inout SeededRandom) throws {
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
        var random = SeededRandom(seed: 5)
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

    /// A, B, A: three events when the window is over, two while it lasts.
    @Test(arguments: [(700, 3, "A"), (20, 2, "B")])
    func theSameBodyAgain(after seconds: Int64, _ events: Int, _ status: String) throws {
        let ledger = try LedgerFixture()
        let sender = RecordSender(window: 600)
        for (body, at) in [("A", 0), ("B", 10), ("A", seconds)] {
            _ = try ledger.record(
                sender.recordable(
                    "order", "O", ["status": .string(body)], received: Guide.now.advanced(bySeconds: Int64(at))))
        }
        #expect(try ledger.value("select count(*) from events") == "\(events)")
        #expect(try ledger.value("select status from orders") == status)
    }
}
