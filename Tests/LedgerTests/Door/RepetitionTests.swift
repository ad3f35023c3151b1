import JSON
import Ledger
import Platform
import TestThreads
import Testing
import Webhooks

/// The same bytes of the same source again, where nothing signed gives an id or a time.
@Suite(.blocking) struct RepetitionTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func said(_ saying: Saying, at second: Int64, origin: Recordable.Origin = .delivery) throws -> Receipt {
        try ledger.record(saying.recordable(received: second, origin: origin, action: "ops"))
    }

    @Test func aBAIsThreeEvents() throws {
        for kind in ["order", "product", "customer", "comment"] {
            for (second, status) in ["a", "b", "a", "a", "b"].enumerated() {
                var saying = Saying.repeatable(status)
                saying.kind = kind
                let receipt = try said(saying, at: Int64(second))
                #expect(receipt.isDuplicate == (second == 3))
            }
            #expect(try ledger.value("select status from \(kind)s") == "b")
        }
        #expect(try ledger.value("select count(*) || ' ' || count(*) filter (where repeatable) from events") == "16 16")
        #expect(try ledger.value("select count(*) from jobs") == "16")
    }

    /// Holds that are placed and released: about a subject of which no row is kept.
    @Test func withoutARecordTheSubjectCounts() throws {
        for (second, note) in ["placed", "released", "placed", "placed"].enumerated() {
            let saying = Saying(id: nil, window: 600, subject: "fulfillment_order:1", note: note)
            #expect(try said(saying, at: Int64(second)).isDuplicate == (second == 3))
        }
        let other = Saying(id: nil, window: 600, subject: "fulfillment_order:2", note: "placed")
        #expect(try !said(other, at: 9).isDuplicate)
    }

    @Test func withoutBothTheDeliveryIDsDecide() throws {
        let bare = Saying(id: nil, window: 600)
        #expect(try !said(bare, at: 0).isDuplicate)
        #expect(try said(bare, at: 100).isDuplicate)
        #expect(try !said(bare, at: 1000).isDuplicate)
        for (second, id) in ["one", "two", "one", "two"].enumerated() {
            let named = Saying(id: nil, window: 600, deliveryID: id, note: "named")
            #expect(try said(named, at: Int64(second)).isDuplicate == (second > 1))
        }
    }

    /// A retry carries the id of the delivery that it repeats, whatever else was said since.
    @Test(arguments: [Int64(3600), Int64(14_400)]) func aRetryWithItsIDIsOneWhateverTheTime(after seconds: Int64) throws
    {
        let first = try said(.repeatable("a", deliveryID: "d1"), at: 0)
        _ = try said(.repeatable("b", deliveryID: "d2"), at: 10)
        let retry = try said(.repeatable("a", deliveryID: "d1"), at: seconds)
        #expect(retry.isDuplicate && retry.eventID == first.eventID && retry.orderRow == first.orderRow)
        #expect(try ledger.value("select status from orders") == "b")
        // The id of a repetition counts, too.
        _ = try said(.repeatable("c", deliveryID: "d3"), at: seconds + 1)
        #expect(try said(.repeatable("c", deliveryID: "d4"), at: seconds + 2).isDuplicate)
        _ = try said(.repeatable("b", deliveryID: "d5"), at: seconds + 3)
        #expect(try said(.repeatable("c", deliveryID: "d4"), at: seconds + 4).isDuplicate)
        #expect(try !said(.repeatable("c", deliveryID: "d6"), at: seconds + 5).isDuplicate)
    }

    @Test(arguments: [Recordable.Origin.fetched, .replay, .reconciled, .imported])
    func whatWeDidOurselvesIsNothingThatTheSenderSaid(origin: Recordable.Origin) throws {
        _ = try said(.repeatable("a"), at: 0)
        _ = try said(Saying(status: "b", at: 1), at: 1, origin: origin)
        #expect(try said(.repeatable("a"), at: 2).isDuplicate)
    }

    /// A spooled delivery is imported late, and judged by when it was received.
    @Test func aSpooledRetryThatIsImportedLateIsOne() throws {
        _ = try said(.repeatable("a"), at: 0)
        _ = try said(.repeatable("b"), at: 100)
        #expect(try said(.repeatable("a"), at: 50, origin: .spool).isDuplicate)
        #expect(try !said(.repeatable("a"), at: 200, origin: .spool).isDuplicate)
        #expect(try ledger.value("select count(*) from events") == "3")
        // The event itself may be the later one of the two.
        _ = try said(.repeatable("c", id: "2"), at: 100)
        #expect(try said(.repeatable("c", id: "2"), at: 90, origin: .spool).isDuplicate)
        _ = try said(.repeatable("d", id: "2"), at: 95, origin: .spool)
        #expect(try !said(.repeatable("c", id: "2"), at: 91, origin: .spool).isDuplicate)
    }

    /// A and A at once on two connections, and between them nothing.
    @Test func twoAtOnceAreOneEvent() async throws {
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        _ = try ledger.record(Saying.repeatable("z").recordable(received: -1))
        let receipts = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    return try [Int64(0), 1, 2].map { second -> Receipt in
                        let delivery = try Saying.repeatable("a").recordable(received: second, action: "ops")
                        return try #require(writer.record([delivery]).first).get()
                    }
                }
            }
            return try await group.reduce(into: [Receipt]()) { (all: inout [Receipt], some: [Receipt]) in all += some }
        }
        #expect(Set(receipts.map(\.eventID)).count == 1)
        #expect(receipts.count { !$0.isDuplicate } == 1)
        #expect(try ledger.value("select count(*) from jobs") == "1")
        #expect(try ledger.value("select sum(repeats) from repetitions") == "23")
    }

    @Test func eventsOfOneBodyAreLimitedPerDay() throws {
        var terms = Recordable.Terms()
        terms.repeatsPerDay = 3
        var made = 0
        for second in 0..<12 {
            let saying = Saying.repeatable(second.isMultiple(of: 2) ? "a" : "b")
            let receipt = try ledger.record(saying.recordable(received: Int64(second), terms: terms, action: "ops"))
            if !receipt.isDuplicate { made += 1 }
        }
        #expect(made == 6)
        // Nothing that counts was said between the last ones of b.
        #expect(
            try ledger.value("select count(*) filter (where over_limit) || ' ' || count(*) from repetitions") == "3 6")
        #expect(try ledger.value("select count(*) from jobs") == "6")
        let nextDay = try ledger.record(Saying.repeatable("b").recordable(received: 90_000, terms: terms))
        #expect(!nextDay.isDuplicate)
    }

    @Test func theFirstTwentyLeaveATraceAndTheOthersAreCounted() throws {
        let first = try said(Saying(status: "a", at: 0), at: 0)
        for second in 1...50 {
            _ = try ledger.record(
                Saying(status: "a", at: 0).recordable(received: Int64(second), requestID: "r\(second)"))
        }
        #expect(
            try ledger.value(
                "select count(*) || ' ' || count(request_id) || ' ' || min(event_id) || ' ' || sum(repeats) from repetition_list"
            ).map { $0.hasSuffix(" 20 \(first.eventID) 50") } == true)
        #expect(try ledger.value("select count(*) between 21 and 22 from repetitions") == "true")
    }

    /// Whatever a sender without clock and id says, the end is what it said last, and what it repeated made nothing twice.
    @Test func theEndOfARandomWalkIsTheLastDelivery() throws {
        var random = SplitMix64(seed: 13)
        var terms = Recordable.Terms()
        terms.repeatsPerDay = 1000
        for walk in 0..<20 {
            var said: String?
            var (events, steps) = (0, 0)
            for second in 0..<40 {
                let status = ["a", "b", "c"].randomElement(using: &random) ?? "a"
                for repeated in 0...Int.random(in: 0...2, using: &random) {
                    let delivery = try Saying.repeatable(status).recordable(
                        received: Int64(second * 5 + repeated), source: "walk-\(walk)", terms: terms, action: "ops")
                    if try !ledger.record(delivery).isDuplicate { events += 1 }
                }
                if said != status { steps += 1 }
                said = status
            }
            #expect(try ledger.value("select status from orders where source = 'walk-\(walk)'") == said)
            #expect(events == steps)
            #expect(
                try ledger.value(
                    "select count(*) from jobs as j join orders as o on o.id = j.order_row where o.source = 'walk-\(walk)'"
                )
                    == "\(events)")
        }
        // Each step that changes something is one event, and a job; a step that repeats is none.
        #expect(
            try ledger.value(
                """
                select count(*) from (
                    select status is not distinct from lag(status) over (partition by source order by received_at) as same
                    from (select source, received_at, convert_from(body, 'UTF8')::jsonb #>> '{patch,status}' as status
                        from events) as e
                ) as e where same
                """) == "0")
    }
}
