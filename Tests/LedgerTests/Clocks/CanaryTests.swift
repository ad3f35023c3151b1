import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// The delivery that stands in for others while none arrive.
@Suite(.blocking) struct CanaryTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func responderClock() throws -> String? {
        try ledger.value("select extract(epoch from responder_clock)::bigint from known_clocks()")
    }

    /// It leaves the responder's clock, whether or not a delivery of that time could be stored.
    @Test func itNeedsAPartitionAndTellsTheClock() throws {
        _ = try ledger.writer.commitCanary(now: Guide.now)
        #expect(try responderClock() == "\(Guide.now.seconds)")
        let far = Guide.now.advanced(bySeconds: 400 * 86_400)
        let error = #expect(throws: PostgresError.self) { try ledger.writer.commitCanary(now: far) }
        #expect(error?.state == .notInPrerequisiteState)
        #expect(try responderClock() == "\(far.seconds)")
        #expect(try ledger.value("select count(*) from events") == "0")
    }

    /// The responder's report with a delivery, too, once the last one is old.
    @Test func aDeliveryTellsTheClock() throws {
        try ledger.superuser.execute("insert into heartbeats values (false, now() - interval '1 hour', 'epoch')")
        _ = try ledger.record(Saying(status: "a", at: 1).recordable(received: -7))
        #expect(try responderClock() == "\(Guide.now.seconds - 7)")
    }
}
