import JSON
import Ledger
import LedgerSupport
import TestThreads
import Testing
import Webhooks

/// Events without a time, by a sender whose other events tell one: the table in docs/database.md, line by line.
@Suite(.blocking) struct TimelessTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private static let created = Saying(status: "new", at: -1000)
    private static let updated = Saying(status: "paid", at: -500)
    private static let deleted = Saying(status: "trash", timing: .deletion, window: 600)
    /// As the sender says it: its time is that of the last update, before the deletion was received.
    private static let restored = Saying(status: "draft", at: -500, timing: .restore)
    /// Said after the deletion was received.
    private static let later = Saying(status: "late", at: 100)

    /// One line of the table.
    struct Line: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let told: [Saying]
        let status: String?

        init(_ description: String, _ told: [Saying], _ status: String?) {
            testDescription = description
            self.told = told
            self.status = status
        }
    }

    static let lines = [
        Line("created, deleted", [created, deleted], "trash"),
        Line("deleted, created: the row was not known", [deleted, created], "trash"),
        Line("deleted alone makes no row", [deleted], nil),
        Line("created, updated, deleted", [created, updated, deleted], "trash"),
        Line(
            "created, deleted, updated: the sender's time is after what was known", [created, deleted, updated], "paid"),
        Line("deleted, created, updated: both are from before the receipt", [deleted, created, updated], "trash"),
        Line("deleted, updated, created", [deleted, updated, created], "trash"),
        Line("deleted, created, later", [deleted, created, later], "late"),
        Line("deleted, later, created", [deleted, later, created], "late"),
        Line("created, updated, deleted, restored", [created, updated, deleted, restored], "draft"),
        Line("deleted, restored", [deleted, restored], "draft"),
        Line("deleted, created, restored", [deleted, created, restored], "draft"),
        Line("created, updated, deleted, restored, later", [created, updated, deleted, restored, later], "late"),
        Line(
            "created, updated, deleted, restored, deleted", [created, updated, deleted, restored, deleted], "trash"),
        Line(
            "the same twice over",
            [created, updated, deleted, restored, deleted, Saying(status: "draft2", at: -500, timing: .restore)],
            "draft2"),
        Line("restored without a deletion", [created, restored], "draft"),
        Line("restored where its own time is older than what is known", [created, later, restored], "late"),
    ]

    @Test(arguments: lines) func everyLineOfTheTable(_ line: Line) throws {
        for kind in ["order", "product", "customer"] {
            let told = line.told.map { saying in
                var saying = saying
                saying.kind = kind
                return saying
            }
            try ledger.tell(told)
            #expect(try ledger.value("select string_agg(status, ' ') from \(kind)s") == line.status, "\(kind)")
            #expect(try ledger.value("select count(*) from \(kind)s") == (line.status == nil ? "0" : "1"))
        }
        #expect(try ledger.differences() == "0")
        #expect(try ledger.value("select count(*) from events") == "\(3 * line.told.count)")
    }

    /// A spooled deletion is judged by when it is recorded, but its receipt bounds for how long it holds.
    @Test func aSpooledDeletionHoldsFromItsReceipt() throws {
        _ = try ledger.record(Self.deleted.recordable(received: -300, origin: .spool))
        try ledger.tell([Self.created])
        #expect(try ledger.value("select status from orders") == "trash")
        try ledger.tell([Saying(status: "after", at: -200)])
        #expect(try ledger.value("select status from orders") == "after")
        #expect(try ledger.differences() == "0")
        #expect(try ledger.value("select count(*) from held_deletions") == "0")
    }

    /// A clock that is ahead releases no deletion: what was received before it stays deleted.
    @Test func aTimeFromTheFutureReleasesNoDeletion() throws {
        try ledger.tell([Self.deleted])
        let ahead = Saying(status: "before", at: 86_400)
        _ = try ledger.record(ahead.recordable(received: -400, origin: .spool))
        #expect(try ledger.value("select status from orders") == "trash")
        _ = try ledger.record(Saying(id: "2", status: "other", at: 86_400, further: ["1"]).recordable(received: -350))
        #expect(try ledger.value("select status from orders where order_id = '1'") == "trash")
        #expect(try ledger.value("select count(*) from held_deletions") == "1")
        _ = try ledger.record(Saying(status: "after", at: 86_400).recordable(received: 10))
        #expect(try ledger.value("select status from orders where order_id = '1'") == "after")
    }

    /// The receipt of a deletion is never the clock of a row that lives by the sender's.
    @Test func noFieldHasAReceiptForAClock() throws {
        try ledger.tell([Self.created, Self.deleted, Self.restored, Self.deleted])
        #expect(
            try ledger.value(
                "select max((c.value ->> 1)::bigint) from orders, jsonb_each(clocks) as c")
                == "\(Guide.now.advanced(bySeconds: -500).microseconds)")
    }

    /// An unverified deletion takes nothing from a verified row, known or not.
    @Test func anUnverifiedDeletionTakesNothing() throws {
        var forged = Self.deleted
        forged.isVerified = false
        try ledger.tell([forged, Self.created, forged])
        #expect(try ledger.value("select status from orders") == "new")
        try ledger.tell([Self.deleted, Saying(status: "forged", at: 100, timing: .restore, isVerified: false)])
        #expect(try ledger.value("select status from orders") == "trash")
        #expect(try ledger.differences() == "0")
    }
}
