import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A slot is in one cell, whoever moves it, and whatever a move that was interrupted has left.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct MoveConflictTests {
    private static let source = "shop-7"
    private static let slot = Slot(of: source).number

    private func deliveries(_ range: ClosedRange<Int>) throws -> [Recordable] {
        try range.map { number in
            try Saying(id: "\(number)", status: "paid", at: Int64(number)).recordable(
                source: Self.source, action: "ops")
        }
    }

    private func holders(_ cells: CellFixture) throws -> [String] {
        try cells.names.filter {
            try cells.value("select count(*) from cell_slots where slot = \(Self.slot)", in: $0) == "1"
        }
    }

    @Test func ofTwoMovesAtATimeOneIsRefused() throws {
        let cells = try CellFixture(3, empty: 2)
        for delivery in try deliveries(1...20) { _ = try cells.record(delivery) }
        for round in 0..<4 {
            let home = try #require(try holders(cells).first)
            let ends = Locked<[String]>([])
            let threads = try cells.names.filter { $0 != home }.map { target in
                let own = try cells.end(home)
                let move = try Alone(
                    SlotMove(
                        [Self.slot], from: (home, cells.end(home).lock, own.lock),
                        to: (target, cells.end(target).lock, cells.end(target).lock),
                        router: LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "postgres"))))
                return try Thread(name: "moving") {
                    let end = Result { try move.value.run() }
                    ends.withLock { $0.append("\(end)") }
                }
            }
            for thread in threads { thread.join() }
            let moved = ends.withLock { $0.count { $0.hasPrefix("success") } }
            #expect(moved <= 1, "round \(round): \(ends.withLock(\.self))")
            #expect(try holders(cells).count == 1)
            #expect(try cells.total("select count(*) from events") == 20)
        }
        for delivery in try deliveries(1...20) { #expect(try cells.record(delivery).isDuplicate) }
    }

    /// The backup is older than the move to the other cell, where deliveries were stored since.
    @Test func aRestoredCellTakesNothingFromTheOneThatIsRight() throws {
        let cells = try CellFixture(2, empty: 1)
        let (home, other) = (cells.names[0], cells.names[1])
        for delivery in try deliveries(1...5) { _ = try cells.record(delivery) }
        try cells.move([Self.slot], from: home, to: other)
        for delivery in try deliveries(6...9) { _ = try cells.record(delivery) }
        try #require(cells.cells[home]).execute(
            "insert into cell_slots (slot, changed_at) values (\(Self.slot), now() - interval '1 day')")
        #expect {
            try cells.move([Self.slot], from: other, to: home)
        } throws: { if case SlotMove.Failure.contested = $0 { true } else { false } }
        #expect(try cells.value("select count(*) from events", in: other) == "9")
        // A person has decided.
        try SlotMove([Self.slot], from: cells.end(home), to: cells.end(other), router: cells.superuser).takeOut()
        #expect(try holders(cells) == [other])
        #expect(try cells.value("select count(*) from events", in: other) == "9")
    }

    /// Its rows are in the new cell, where the jobs run.
    @Test func noJobOfAMovingSlotIsReleased() throws {
        let cells = try CellFixture(2, empty: 1)
        let (home, other) = (cells.names[0], cells.names[1])
        for delivery in try deliveries(1...5) { _ = try cells.record(delivery) }
        try cells.superuser.execute("alter function map_slots rename to map_slots_kept")
        #expect {
            try cells.move([Self.slot], from: home, to: other)
        } throws: { if case SlotMove.Failure.unfinished = $0 { true } else { false } }
        let ready = "select count(*) from jobs where state = 0"
        #expect(try cells.value(ready, in: other) == "5")
        let release = "select count(*) from release_jobs(null, null, null, null, null, null, 100, false, true)"
        #expect(try cells.value(release, in: home) == "0" && cells.value(ready, in: home) == "0")
        // It has arrived: nothing is given up.
        #expect {
            try SlotMove.giveUp([Self.slot], in: cells.end(home), others: [cells.end(other).connection])
        } throws: { if case SlotMove.Failure.mixed = $0 { true } else { false } }
        #expect(try cells.value("select state from cell_slots where slot = \(Self.slot)", in: home) == "closed")
        try cells.superuser.execute("alter function map_slots_kept rename to map_slots")
        try cells.move([Self.slot], from: home, to: other)
        #expect(try holders(cells) == [other])
    }

    /// A cell that is back is noticed where nothing is counted, too.
    @Test func aTurnWithoutCountsAsksTheCells() throws {
        let cells = try CellFixture(2)
        let counters = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        try cells.superuser.execute("select note_away('\(cells.names[1])'); update cells set asked_at = null")
        try Metrics(program: "ingest").flush(over: counters)
        #expect(
            try cells.superuser.query("select count(*) from cells where away_since is not null").only().int(0) == 0)
    }

    /// PL/Proxy wants a connection for each slot, also while a router is made again.
    @Test func aRouterThatKnowsFewSlotsWorks() throws {
        let cells = try CellFixture(2)
        try cells.superuser.execute("delete from slots where slot between 100 and 500; select changed_cells()")
        #expect(
            try cells.superuser.query("select count(*) from plproxy.get_cluster_partitions('cells')").only().int(0)
                == Slot.count)
        try CellMap.arrangeViews(on: cells.superuser)
    }
}
