import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@testable import Ledger

/// With a cell away the lists of a router have the rows of the others, and say so.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct MissingCellTests {
    private let cells: CellFixture
    private let reader: Connection
    private let warnings = Locked<[String]>([])
    private static let question = "select count(*) from order_list"

    init() throws {
        cells = try CellFixture(2)
        try CellMap.arrangeViews(on: cells.superuser)
        reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let warnings = warnings
        reader.noticeHandler = { notice in
            if notice.severity == "WARNING" { warnings.withLock { $0.append(notice.message) } }
        }
        try record("1")
    }

    private func record(_ id: String) throws {
        _ = cells.writer.recordOnce(
            try CellViewTests.sources.map { try Saying(id: id, status: "a", at: 1).recordable(source: $0) })
    }

    private func count() throws -> Int { try reader.query(Self.question).only().int(0) }

    private func missing() throws -> [String] {
        try reader.query("select cell || coalesce(': ' || reason, '') from missing_cells").map { try $0.text(0) }
    }

    private var lost: String { cells.names[1] }

    private func others() throws -> Int {
        try CellViewTests.sources.filter { try cells.cell(of: $0) != lost }.count
    }

    /// Nobody has noted it yet: the question itself finds out.
    @Test func theFirstQuestionFindsOut() throws {
        #expect(try count() == CellViewTests.sources.count)
        #expect(try missing().isEmpty)
        try cells.set(lost, away: true)
        #expect(try count() == others())
        #expect(warnings.withLock { $0 }.count == 1)
        #expect(warnings.withLock { $0 }[0].hasPrefix("the rows of the cell \(lost) are missing: "))
        #expect(try missing().count == 1)
        #expect(try missing()[0].contains("not currently accepting connections"))
        // The same in a session that has never reached it.
        try reader.reset()
        #expect(try count() == others())
        #expect(try reader.query("select id from order_list order by id desc limit 50").count == others())
        try cells.set(lost, away: false)
        try reader.reset()
        #expect(try count() == CellViewTests.sources.count)
        #expect(try missing().isEmpty)
    }

    /// Deliveries have noted it: no question goes there.
    @Test func whatDeliveriesNotedIsBelieved() throws {
        try cells.set(lost, away: true)
        try record("2")
        try cells.set(lost, away: false)
        #expect(try count() == 2 * others())
        #expect(try missing().count == 1)
        #expect(try missing()[0].contains("away since"))
    }

    /// A session from before a restart of the cell is replaced.
    @Test func aRestartedCellIsNotMissing() throws {
        #expect(try count() == CellViewTests.sources.count)
        try cells.set(lost, away: true)
        try cells.set(lost, away: false)
        #expect(try count() == CellViewTests.sources.count)
        #expect(warnings.withLock { $0 }.isEmpty)
    }

    /// A transaction has one snapshot of each cell that it has read, so it fails with the cell. The next one is without it.
    @Test func aTransactionThatHasReadTheCellFails() throws {
        try reader.execute("begin")
        #expect(try count() == CellViewTests.sources.count)
        try cells.set(lost, away: true)
        #expect(throws: PostgresError.self) { try count() }
        try reader.reset()
        #expect(try count() == others())
        try cells.set(lost, away: false)
    }
}
