import JobsSupport
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// Postgres' clock was 120 days ahead for a while: what was written then must not keep work back for 120 days.
@Suite(.blocking) struct ClockSetBackTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    @Test func jobsOfThatTimeRunNow() throws {
        try fixture.enqueue(4)
        try fixture.superuser.execute(
            """
            -- Made then, tried then, and under way then.
            update jobs set created_at = now() + interval '120 days', run_at = now() + interval '120 days' where job_id = 1;
            update jobs set run_at = now() + interval '120 days', first_failed_at = now() + interval '120 days',
                uncounted = 1 where job_id = 2;
            update jobs set state = 1, attempt = 1, lease_token = 1, lease_until = now() + interval '120 days'
                where job_id = 3
            """)
        let report = try fixture.run([TestAction.ending(.done())]) { options in
            options.once = false
            options.duration = .milliseconds(2500)
        }
        #expect(report.done == 4 && report.rescued == 1)
    }

    /// It had failed before, at a right time; the next job of the order was put behind it.
    @Test func aRetryOfThatTimeAndItsSuccessorRunNow() throws {
        try fixture.enqueue(2, orders: 1)
        try fixture.superuser.execute(
            """
            update jobs set run_at = now() + interval '1 hour';
            update jobs set first_failed_at = now() - interval '1 minute', uncounted = 2 where job_id = 1
            """)
        #expect(
            try fixture.run([TestAction.ending(.done())]) {
                $0.once = false; $0.duration = .milliseconds(2500)
            }.done == 2)
    }

    @Test func aTimerOfAnHourIsNoRetry() throws {
        try fixture.enqueue(2, orders: 1)
        try fixture.superuser.execute("update jobs set run_at = now() + interval '1 hour'")
        #expect(try fixture.run([TestAction.ending(.done())]).done == 0)
    }

    @Test func aJobThatWasToWaitStillWaitsAsLong() throws {
        try fixture.enqueue(1)
        try fixture.superuser.execute(
            """
            update jobs set created_at = now() + interval '120 days', run_at = now() + interval '120 days 1 hour'
            """)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 0)
        #expect(
            try fixture.count("jobs", "run_at between now() + interval '59 min' and now() + interval '1 hour'") == 1)
    }

    @Test func slotsAndDestinationsOfThatTimeAreFree() throws {
        try fixture.enqueue(1)
        try fixture.superuser.execute(
            """
            update run_slots set holder = 'gone', token = 1, taken_at = now(), expires_at = now() + interval '120 days';
            insert into destinations (destination, open_until, reason)
                values ('a.example:80', now() + interval '120 days', 'refused')
            """)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 1)
        let connection = try fixture.connect()
        let left = try DestinationTable.load(on: connection)["a.example:80"]?.left
        #expect(left == 900_000)
        #expect(try DestinationTable.takeProbe("a.example:80", on: connection))
    }
}
