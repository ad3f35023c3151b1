import JobsSupport
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// Clocks that differ, deletions that wait, and disabled actions are alerted once, whatever `alerts:` says.
@Suite(.blocking) struct HostAlertTests {
    private let desk: AlertDesk
    private let fixture: JobsFixture

    init() throws {
        desk = try AlertDesk()
        fixture = desk.fixture
    }

    private func note() throws -> String? { try fixture.value("select note from jobs where note is not null") }

    @Test(arguments: [61, -61, 120 * 86_400, -120 * 86_400]) func bothClocksAreNamed(_ seconds: Int) throws {
        try fixture.superuser.execute(
            """
            insert into heartbeats (is_batch, beat_at, clock) values (true, '2027-01-15 08:00Z', '2027-01-15 08:00:59Z'),
                (false, '2027-01-15 08:00Z', timestamptz '2027-01-15 08:00Z' + make_interval(secs => \(seconds)))
            """)
        #expect(try desk.raise() == 1)
        let text = try #require(try note())
        #expect(text.hasPrefix("Clocks differ: the responder says 20"))
        #expect(text.contains("Postgres says 2027-01-15 08:00:00 UTC"))
        #expect(try desk.raise() == 0)
    }

    @Test func clocksWithinAMinuteAreNotNews() throws {
        try fixture.superuser.execute(
            """
            insert into heartbeats (is_batch, beat_at, clock) values (true, now(), null),
                (false, now(), now() - interval '60 seconds')
            """)
        #expect(try desk.raise() == 0)
    }

    @Test func aDeletionThatWaitsNamesTheCommand() throws {
        let hold = "select hookledger.hold_upkeep('retention', 'the clocks differ')"
        _ = try desk.connection.query(hold)
        // For a moment the responder's last report is old, after a restart of the host.
        #expect(try desk.raise() == 0)
        try fixture.superuser.execute("update upkeep set held_since = now() - interval '11 minutes'")
        _ = try desk.connection.query(hold)
        #expect(try desk.raise() == 1)
        #expect(
            try note()
                == "Nothing was deleted: the clocks differ. Look with hookledger retention --dry-run and confirm with "
                + "hookledger retention --run.")
        #expect(try desk.raise() == 0)
    }

    /// What was answered 2xx and is not stored: whatever `alerts:` says, once for each audit.
    @Test func anAnswerThatIsNotStoredIsAlerted() throws {
        let audit = """
            select hookledger.record_audit('h', 'scheduled', 'cron', now() - interval '1 day', now(), now(), 1, 9, 9, 8, 0, 0,
                0, 0, 0, 0, 0, null, %1, %2)
            """
        _ = try desk.connection.query(audit.replacing("%1", with: "0").replacing("%2", with: "'{}'"))
        #expect(try desk.raise() == 0)
        _ = try desk.connection.query(audit.replacing("%1", with: "1").replacing("%2", with: "'{f00d}'"))
        #expect(try desk.raise() == 1)
        let text = try #require(try note())
        #expect(text.hasPrefix("Answered but not stored: the audit of h found 1 request between "))
        #expect(text.contains("the first with the request id f00d (view audit_runs, run 2)"))
        #expect(try desk.raise() == 0)
    }

    /// A wrong password is alerted once in a period, however often the collector refuses.
    @Test func refusedSpansAreAlertedOnce() throws {
        try fixture.superuser.execute(
            """
            insert into telemetry_progress (seen, seen_at, refused_at, refusal)
            values (pg_current_snapshot(), now(), now(), 'it answered 401')
            """)
        #expect(try desk.raise() == 1)
        #expect(try note()?.contains("the collector refused spans, and they were skipped: it answered 401") == true)
        try fixture.superuser.execute("update telemetry_progress set refused_at = now()")
        #expect(try desk.raise() == 0)
    }

    @Test func aDisabledActionIsNamedWithItsMistake() throws {
        try fixture.superuser.execute(
            "insert into action_states (action, kind, blocks, disabled_by) values ('bad', 'http', false, 'a typo')")
        #expect(try desk.raise() == 1)
        #expect(try note()?.contains("bad has a mistake, and its jobs are held until it is corrected: a typo") == true)
    }
}
