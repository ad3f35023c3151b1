import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// What the door costs does not depend on what the planner knew when it made its plans, nor grows with what is stored.
@Suite(.blocking) struct DoorPlanTests {
    /// Pages that were asked for in the tables and indexes of the ledger, so far.
    private func touched(_ ledger: LedgerFixture) throws -> Int {
        // A session reports what it counted once a second at most (PGSTAT_MIN_INTERVAL), when it ends a statement.
        SystemClock.sleep(milliseconds: 1_200)
        try ledger.writer.ping()
        let sql = """
            select (select sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0))
                from pg_statio_all_tables where schemaname = 'hookledger')
            """
        return Int(try #require(try ledger.value(sql)).split(separator: ".")[0]) ?? 0
    }

    private func batch(_ first: Int, _ count: Int) throws -> [Recordable] {
        try (first..<first + count).map { number in
            // New orders, updates of them, late events, and bodies that may be sent again.
            let id = "\(number / 3)"
            var saying = Saying(
                id: id, status: "s\(number)", at: Int64(number % 3 == 2 ? -9 : number), note: "\(number)")
            if number.isMultiple(of: 7) { saying = .repeatable("s\(number % 5)", id: id) }
            return try saying.recordable(action: "ops")
        }
    }

    /// - Parameter stored: how many deliveries there are when the planner counts the rows and the plans are made.
    @Test(arguments: [0, 2]) func plansMadeOnSmallTablesStayFlat(_ stored: Int) throws {
        let ledger = try LedgerFixture()
        try ledger.writer.recordAll(batch(-stored, stored))
        try ledger.superuser.execute("vacuum analyze")
        // One connection: its plans are made now, while there is hardly anything.
        try ledger.writer.recordAll(batch(0, 2))
        try ledger.writer.recordAll(batch(2, 298))
        let begin = try touched(ledger)
        try ledger.writer.recordAll(batch(300, 1500))
        let early = try touched(ledger) - begin
        for first in stride(from: 1800, to: 8500, by: 1500) { try ledger.writer.recordAll(batch(first, 1500)) }
        let middle = try touched(ledger)
        try ledger.writer.recordAll(batch(9300, 1500))
        let late = try touched(ledger) - middle
        #expect(early > 0 && late < early * 3, "1,500 events touched \(early) pages at first and \(late) later")
    }

    /// An event and its job carry the revision of the configuration: a number in rows that are written anyway.
    @Test func aRevisionCostsNoPage() throws {
        let revision = ConfigurationRevision(ConfigurationRecord(content: "{}", file: "{}"))
        revision.got(7)
        func pages(_ ledger: LedgerFixture, _ first: Int, with revision: ConfigurationRevision?) throws -> Int {
            let before = try touched(ledger)
            try ledger.writer.recordAll(
                batch(first, 1500).map {
                    Recordable(
                        source: $0.source, normalized: $0.normalized, jobs: $0.jobs, origin: $0.origin,
                        terms: $0.terms, revision: revision)
                })
            return try touched(ledger) - before
        }
        let (plain, numbered) = (try LedgerFixture(), try LedgerFixture())
        for ledger in [plain, numbered] { try ledger.writer.recordAll(batch(0, 300)) }
        let without = try pages(plain, 300, with: nil)
        let with = try pages(numbered, 300, with: revision)
        print("1,500 events touched \(without) pages without a revision, and \(with) with one")
        #expect(without > 0 && with * 50 < without * 51, "\(without) pages without a revision, \(with) with one")
    }

    /// A batch ten times as large may cost ten times as much, and a little.
    @Test func nothingIsQuadraticInTheBatch() throws {
        let ledger = try LedgerFixture()
        try ledger.writer.recordAll(batch(0, 300))
        func cost(_ first: Int, _ size: Int) throws -> Duration {
            let deliveries = try (first..<first + size).map { number in
                try Saying(id: "n\(number)", status: "s", at: 0).recordable(action: "ops")
            }
            return try ContinuousClock().measure {
                for result in ledger.writer.record(deliveries) { _ = try result.get() }
            }
        }
        // The quickest of several, since others use the machine, too.
        let small = try (0..<5).map { try cost(1000 + $0 * 100, 100) }.min() ?? .zero
        let large = try (0..<3).map { try cost(10_000 + $0 * 2000, 2000) }.min() ?? .zero
        #expect(large < small * 20 * 4)
    }
}
