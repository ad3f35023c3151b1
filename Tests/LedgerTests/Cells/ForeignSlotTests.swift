import LocalStack
import Patience
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Nothing of a slot is stored in a cell that does not hold it: the router's map is old, or the slot is closed.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct ForeignSlotTests {
    private static let source = "shop-7"
    private static let slot = Slot(of: source).number

    private func delivery(of source: String = source) throws -> Recordable {
        try Saying(id: "1", status: "s1", at: 1).recordable(received: 1, source: source, action: "ops")
    }

    @Test func whatIsNotHereIsBusy() throws {
        let cells = try CellFixture(2)
        let delivery = try delivery()
        let home = try cells.cell(of: Self.source)
        let other = try #require(cells.names.first { $0 != home })
        // A router with an old map sends it to the wrong cell.
        try CellMap.note([Self.slot], in: other, on: cells.superuser)
        let results = cells.writer.recordOnce([delivery, try self.delivery(of: "shop-8")])
        guard case .failure(.busy) = results[0] else {
            Issue.record("\(results[0])")
            return
        }
        _ = try results[1].get()
        #expect(try cells.total("select count(*) from events") == 1)
        try CellMap.note([Self.slot], in: home, on: cells.superuser)
        #expect(try !cells.record(delivery).isDuplicate)
    }

    /// What is no delivery, sent by a router with an old map, or while the slot is closed.
    @Test func nothingElseOfASlotIsKeptWhereItIsNot() throws {
        let cells = try CellFixture(2)
        let home = try cells.cell(of: Self.source)
        let other = try #require(cells.names.first { $0 != home })
        let door = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.router))
        let mine = try #require(
            (0...).lazy.map { "shop-\($0)" }.first { (try? cells.cell(of: $0)) == other })
        func write() throws {
            for source in [Self.source, mine] {
                for call in [
                    """
                    select refuse(array[now()], '{\(source)}', '{no_secret_matched}', '{why}', '{401}', '{r}', '{::1}', '{POST}',
                        '{/x}', '{abc}', '{3}', '{0}')
                    """,
                    """
                    select note_handshakes(array[now()], '{\(source)}', '{meta}', '{f}', '{null}', '{200}', '{r}', '{::1}',
                        '{GET}', '{/x}', '{"{}"}', '{}'::bytea[] || ''::bytea, '{0}', '{0}')
                    """,
                    """
                    select keep_refused('{\(source)}', array[sha256(random()::text::bytea)], '{meta}', '{no_secret_matched}',
                        '{why}', '{401}', array[now()], '{r}', '{::1}', '{::1}', '{POST}', '{https}', '{x}', '{/x}', '{""}',
                        '{"{}"}', '{abc}', '{null}', '{null}')
                    """,
                    "select note_peers('{\(source)}', '{::1}')",
                ] { _ = try door.query(call) }
            }
        }
        let tables = ["refusals", "refusal_budget", "handshakes", "quarantine", "known_peers"]
        func rows(in cell: String) throws -> [String] {
            try tables.map {
                try cells.value("select count(*) from \($0) where source = '\(Self.source)'", in: cell) ?? ""
            }
        }
        try CellMap.note([Self.slot], in: other, on: cells.superuser)
        try write()
        #expect(try rows(in: other) == Array(repeating: "0", count: tables.count))
        for table in tables { #expect(try cells.value("select count(*) from \(table)", in: other) == "1") }
        try CellMap.note([Self.slot], in: home, on: cells.superuser)
        let cell = try #require(cells.cells[home])
        _ = try cell.query("select close_slots('{\(Self.slot)}')")
        try write()
        #expect(try rows(in: home) == Array(repeating: "0", count: tables.count))
        _ = try cell.query("select reopen_slots('{\(Self.slot)}')")
        try write()
        #expect(try rows(in: home) == Array(repeating: "1", count: tables.count))
    }

    /// Between the close of a slot and the deletion of its rows nothing may come into the old cell: it would be stored there for good.
    @Test func aDeliveryThatWaitsForTheCloseOfItsSlotIsNotStored() throws {
        let cells = try CellFixture(1)
        let home = try #require(cells.cells[cells.names[0]])
        let delivery = try delivery()
        try home.execute("begin; lock table cell_slots in access exclusive mode")
        let session = try LedgerFixture.connection(LedgerFixture.ingestConninfo(cells.names[0]))
        let pid = try #require(session.backendPID)
        let outcomes = Locked<String?>(nil)
        let recording = try Thread(name: "recording") { [session = Alone(session)] in
            let rows = try? session.value.query(RecordStatement.sql, RecordStatement.parameters([delivery]))
            outcomes.withLock { $0 = try? rows?.only().text("outcomes") }
        }
        #expect(
            eventually {
                (try? cells.superuser.query("select exists (select from pg_locks where pid = \(pid) and not granted)")
                    .only().bool(0)) == true
            })
        _ = try home.query("select close_slots('{\(Self.slot)}')")
        try home.execute("commit")
        recording.join()
        #expect(outcomes.withLock { $0 } == "{2}")
        #expect(try cells.total("select count(*) from receipts") == 0)
    }
}
