import JobsSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// A comparison that cannot continue, and more missing orders than usual, raise alerts.
@Suite(.blocking) struct ReconcileAlertTests {
    let fixture: JobsFixture

    init() throws {
        fixture = try JobsFixture()
        try fixture.superuser.execute(
            """
            insert into reconcile_marks (source, api, watermark, due_at, alarm)
            values ('shop', 'fetch', '2026-03-01T08:00:00Z', now(), 3)
            """)
    }

    private func causes() throws -> [String] {
        let connection = try fixture.connect()
        return try Causes(settings: .none, holds: .standard, connection: connection).reconcileCauses().map(\.text)
    }

    private func find(_ count: Int, age: String) throws {
        try fixture.superuser.execute(
            """
            insert into reconcile_findings (run_id, source, api, order_id, finding, changed_at, found_at, reason)
            select 1, 'shop', 'fetch', n::text, 'absent', now(), now() - interval '\(age)',
                case when n = 1 then 'refused' else 'webhook_off' end
            from generate_series(1, \(count)) as n
            """)
    }

    @Test func manyMissingOrders() throws {
        try find(5, age: "2 hours")
        try find(2, age: "1 minute")
        #expect(try causes() == [])
        try find(3, age: "1 minute")
        #expect(
            try causes() == [
                "Missing orders: 5 of shop were found through fetch within an hour, most of them for the reason webhook_off "
                    + "(view missing_orders)."
            ])
        try fixture.superuser.execute("update reconcile_marks set alarm = 0")
        #expect(try causes() == [])
    }

    @Test func aRefusedTokenAtOnceAndOtherFailuresAfterThree() throws {
        try fixture.superuser.execute("update reconcile_marks set failures = 2, last_error = 'answered 500'")
        #expect(try causes() == [])
        try fixture.superuser.execute("update reconcile_marks set failures = 3")
        #expect(
            try causes() == [
                "Comparison fails: shop through fetch has not ended since 2026-03-01 08:00 UTC: answered 500"
            ])
        try fixture.superuser.execute(
            "update reconcile_marks set failures = 1, unauthorized = true, last_error = 'answered 401'")
        #expect(
            try causes() == [
                "Token refused: shop cannot be compared through fetch since 2026-03-01 08:00 UTC: answered 401"
            ])
    }
}
