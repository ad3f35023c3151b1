import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// `record_2()` itself waits for no row: a `lock_timeout` would hide a wait of its length.
@Suite(.blocking) struct RowWaitTests {
    enum Case: CaseIterable {
        case order, product, oneOfSeveral, repetition

        /// What is there, and what is said about it while its row is held.
        func sayings() -> (before: Saying, now: Saying) {
            switch self {
            case .order: (Saying(status: "a", at: 1), Saying(status: "b", at: 2))
            case .product: (Saying(kind: "product", status: "a", at: 1), Saying(kind: "product", status: "b", at: 2))
            case .oneOfSeveral: (Saying(status: "a", at: 1), Saying(id: "0", status: "b", at: 2, further: ["1"]))
            case .repetition: (.repeatable("a"), .repeatable("a"))
            }
        }
    }

    @Test(arguments: Case.allCases) func aHeldRowIsNotWaitedFor(_ what: Case) throws {
        let ledger = try LedgerFixture()
        let (before, now) = what.sayings()
        _ = try ledger.record(before.recordable())
        let connection = try ledger.connect(as: "hookledger_ingest")
        try connection.execute("set lock_timeout = 0; set statement_timeout = '3s'")
        func outcome() throws -> Receipt? {
            let parameters = RecordStatement.parameters([try now.recordable(received: 1)])
            return try RecordStatement.receipts(connection.query(RecordStatement.sql, parameters), count: 1)[0]
        }
        let table = what == .product ? "products" : "orders"
        try ledger.superuser.execute("begin; select from \(table) for update")
        #expect(try outcome() == nil)
        try ledger.superuser.execute("rollback")
        #expect(try outcome()?.isDuplicate == (what == .repetition))
    }
}
