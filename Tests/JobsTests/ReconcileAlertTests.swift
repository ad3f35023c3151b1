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
        try fixture.superuser.execute("update reconcile_findings set kind = 'delivery'")
        #expect(try causes().first?.hasPrefix("Missing deliveries: 5 of shop were found through fetch") == true)
        try fixture.superuser.execute("update reconcile_marks set alarm = 0")
        #expect(try causes() == [])
        // Whoever fills a new shop knows that its orders are missing.
        try fixture.superuser.execute(
            """
            update reconcile_marks set alarm = 3;
            insert into reconciliations (id, source, api, kind, since, until, started_at)
            overriding system value values (1, 'shop', 'fetch', 'first', '2025-01-01', now(), now())
            """)
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

    /// A webhook that is off and stays so, a refused token, and the third failure.
    @Test func webhooksThatAreOff() throws {
        try fixture.superuser.execute(
            """
            insert into webhook_looks (source, api, due_at) values ('shop', 'fetch', now());
            insert into webhook_states (source, api, topic, of_orders, state, detail, off_from, since, seen_at, until, alarm)
            values ('shop', 'fetch', 'a', true, 'disabled', 'x', '2026-03-01T08:00:00Z', now(), now(), null, true),
                ('shop', 'fetch', 'b', true, 'missing', null, null, now(), now(), null, false),
                ('shop', 'fetch', 'c', true, 'missing', null, null, now(), now(), now(), true)
            """)
        #expect(
            try causes() == [
                "Webhook off: a of shop is disabled at the provider since 2026-03-01 08:00 UTC: x (hookledger webhooks diff "
                    + "shop)."
            ])
        try fixture.superuser.execute(
            "delete from webhook_states; update webhook_looks set failures = 2, last_error = 'answered 500'")
        #expect(try causes() == [])
        try fixture.superuser.execute("update webhook_looks set failures = 3")
        #expect(
            try causes() == ["Webhooks unknown: fetch of shop does not say what is registered: answered 500"])
        try fixture.superuser.execute("update webhook_looks set failures = 1, unauthorized = true")
        #expect(try causes().count == 1)
    }

    /// Only with `drift: { alarm: true }`, one line for each source and type.
    @Test func changedSchemas() throws {
        func changes() throws -> [String] {
            let connection = try fixture.connect()
            return try Causes(settings: .none, holds: .standard, connection: connection).schemaChanges().map(\.text)
        }
        func change(_ path: String, _ kind: String, alarm: Bool) throws {
            try fixture.superuser.execute(
                """
                insert into shape_changes (source, provider, type, shape_id, path, change, event_id, event_received_at, alarm)
                values ('shop', 'shopify', 'orders/create', 1, '\(path)', '\(kind)', 7, now(), \(alarm))
                """)
        }
        try change("quiet", "new_member", alarm: false)
        #expect(try changes() == [])
        try change("total", "changed_type", alarm: true)
        try change("tax.rate", "new_member", alarm: true)
        #expect(
            try changes() == [
                "Schema changed: orders/create of shop has 2 changes, such as changed type total in event 7 "
                    + "(view schema_changes)."
            ])
    }
}
