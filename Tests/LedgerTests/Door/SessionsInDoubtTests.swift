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
}
