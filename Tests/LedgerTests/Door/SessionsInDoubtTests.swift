import Postgres
import TestThreads
import Testing

@testable import Ledger

/// Sessions that were lost in their COMMIT, and may still be at work.
@Suite(.blocking) struct SessionsInDoubtTests {
    /// Two that are at work keep every writer from beginning; one does not.
    @Test func twoThatAreAtWorkAreEnough() throws {
        let ledger = try LedgerFixture()
        let asking = try ledger.connect(as: "hookledger_ingest")
        let lost = try (0..<2).map { _ in try ledger.connect(as: "hookledger_ingest") }
        let inDoubt = SessionsInDoubt()
        // In a transaction a session is not idle.
        for session in lost { try session.execute("begin") }
        for (place, session) in lost.enumerated() {
            try inDoubt.check(over: asking)
            inDoubt.add(try #require(session.backendPID))
            if place == 0 { try inDoubt.check(over: asking) }
        }
        let error = #expect(throws: PostgresError.self) { try inDoubt.check(over: asking) }
        #expect(error?.state == .tooManyConnections)
        try lost[0].execute("rollback")
        try inDoubt.check(over: asking)
    }

    /// After a restart the server gives the numbers again: to its own processes, to other roles, and to this session.
    @Test func theNumbersOfOtherProcessesMeanNothing() throws {
        let ledger = try LedgerFixture()
        let asking = try ledger.connect(as: "hookledger_ingest")
        let other = try ledger.connect(as: "hookledger_batch")
        try other.execute("begin")
        let own = try ledger.superuser.query("select pid from pg_stat_activity where backend_type <> 'client backend'")
            .map { try Int32($0.int(0)) }
        #expect(own.count > 2)
        let inDoubt = SessionsInDoubt()
        for pid in own + [asking.backendPID, other.backendPID].compactMap(\.self) { inDoubt.add(pid) }
        try inDoubt.check(over: asking)
    }
}
