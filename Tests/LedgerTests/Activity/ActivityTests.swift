import JSON
import Ledger
import LocalStack
import Postgres
import TestThreads
import Testing
import Webhooks

/// What the batch processor has counted, and what it has not yet, is together what the rows say.
@Suite(.blocking) struct ActivityTests {
    private let activity: ActivityLedger
    private var superuser: Connection { activity.ledger.superuser }

    init() throws { activity = try ActivityLedger() }

    @Test func theCountsAreThoseOfTheRows() throws {
        try activity.write(400, within: "3 days")
        try activity.check("before the first turn")
        #expect(try Statistics.reach(on: activity.batch).completeSince == nil)
        // The first steps: nothing older is counted yet, and the answer says so.
        #expect(try ActivityCounts.advance(on: activity.batch))
        #expect(try Statistics.reach(on: activity.batch).completeSince != nil)
        try activity.count()
        #expect(try Statistics.reach(on: activity.batch).completeSince == nil)
        try activity.check("after it")
        #expect(
            try superuser.query("select count(distinct step) from activity_counts").only().int(0) == 3)

        // What comes in meanwhile, of now and of long ago.
        try activity.write(50, within: "15 seconds")
        try activity.check("with new rows")
        try activity.write(60, within: "3 days")
        try activity.letMinutesPass()
        try activity.count()
        try activity.check("with late rows")
        try activity.count()
        try superuser.execute(
            "select count_activity(step_start(60, now() - interval '2 days'), step_start(60, now() - interval '1 hour'))"
        )
        try activity.check("counted twice")
    }

    /// A turn that dies leaves nothing; of two at a time one counts; what commits during a turn is counted by the next one.
    @Test func aTurnIsWholeOrNothing() throws {
        try activity.write(100, within: "1 day")
        try activity.count()
        let writer = try activity.ledger.connect(as: "postgres")
        try writer.execute("begin")
        // Few: of more than sixty late attempts their hours are counted again, with the events of these.
        try activity.write(12, within: "20 hours", over: writer)
        try activity.write(40, within: "2 minutes", over: writer)
        try activity.letMinutesPass()
        let dying = try activity.ledger.connect(as: "hookledger_batch")
        try dying.execute("begin")
        #expect(try ActivityCounts.advance(on: dying))
        #expect(try !ActivityCounts.advance(on: activity.batch))
        _ = try superuser.query("select pg_terminate_backend($1::int)", [.integer(dying.backendPID)])
        #expect(throws: PostgresError.self) { try dying.execute("commit") }
        try activity.check("after a turn that died")
        try activity.count()
        try writer.execute("commit")
        try activity.letMinutesPass()
        try activity.count()
        try activity.check("after the late commit")
    }

    /// What changes what is counted long ago.
    @Test func whatIsDeletedIsCountedNoMore() throws {
        try activity.write(200, within: "3 days")
        try superuser.execute(
            """
            select fill_weeks('events', now() - interval '3 weeks', now()),
                fill_weeks('job_attempts', now() - interval '3 weeks', now())
            """)
        try activity.write(200, within: "5 days", ago: "14 days")
        try activity.count()
        try activity.check("whole")
        // More refusals are added to the count of an old one; an attempt is written long after its end.
        try superuser.execute(
            """
            update refusals set unrecorded = unrecorded + 7 where id in (select id from refusals order by refused_at desc offset 20 limit 5);
            insert into job_attempts select (jsonb_populate_record(t, jsonb_build_object('job_id', -t.job_id))).* from job_attempts as t
            where t.outcome = 'done' and t.finished_at < now() - interval '1 hour' order by t.finished_at desc limit 3
            """)
        try activity.count()
        try activity.check("with more of the old")
        let before = try superuser.query("select count(*) from events").only().int(0)
        for table in ["events", "job_attempts"] {
            let drop = "select hookledger.drop_oldest_partition('\(table)', now() - interval '7 days')"
            while try activity.batch.query(drop).only().optionalText(0) != nil {}
        }
        #expect(try superuser.query("select count(*) from events").only().int(0) < before - 100)
        let delete = "select hookledger.delete_old_refusals(now() - interval '1 day', 1000)"
        #expect(try activity.batch.query(delete).only().int(0) > 20)
        try activity.count()
        try activity.check("without the oldest")
        #expect(try superuser.query("select count(*) from activity_late").only().int(0) == 0)
    }

    /// After a restore into another cluster, and after the arrival of slots, all rows are counted again.
    @Test func theCountingBeginsAgain() throws {
        try activity.write(100, within: "3 days")
        try activity.count()
        try superuser.execute("delete from activity_progress; update events set written_by = null")
        try activity.check("between")
        try activity.count()
        try activity.check("again")
        // The numbers of transactions went back, and so did the clock.
        try superuser.execute(
            "update activity_progress set seen = '900000000:900000000:', counted_to = now() + interval '1 day'")
        try activity.count()
        try activity.check("after another history")
    }

    /// Rows with times to come are counted when these are over, and nothing else is counted again.
    @Test func theClockWasAhead() throws {
        try activity.write(100, within: "3 days")
        try activity.count()
        try superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, origin, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now() + n * interval '1 minute', 'a', 'p', 't', 't', 'stored', 'delivery', 'signature', 's',
                'r', '', 'POST', '/', '', '[]', ''
            from generate_series(1, 110) as n;
            select count_activity(step_start(60, now() - interval '2 hours'), step_start(60, now() + interval '2 hours'));
            update activity_progress set counted_to = step_start(60, now() + interval '2 hours'), seen = pg_current_snapshot()
            """)
        // Written since, of a time that is over by the right clock and by the wrong one.
        try activity.write(50, within: "1 day")
        #expect(try ActivityCounts.advance(on: activity.batch))
        #expect(try superuser.query("select counted_from = '-infinity' from activity_progress").only().bool(0))
        try activity.count()
        // What is to come is in no kept count.
        try superuser.execute("delete from events where received_at > now()")
        try activity.check("after all turns")
        #expect(
            try superuser.query(
                "select count(*) from activity_counts where at >= step_start(3600, now()) + interval '1 hour'"
            )
            .only().int(0) == 0)
    }

    /// A dead letter that was retried after hours was open before its death and again from its next attempt on.
    @Test func aDeadLetterIsNotInTheQueue() throws {
        try superuser.execute(
            """
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at, started_at,
                finished_at, outcome)
            select job, n, 'x', 'k', 'r', 1, at, h - interval '9.5 hours', h - started, h - ended, outcome
            from step_start(3600, now()) as h (h), (values
                (1, 1, interval '9.4 hours', interval '9.3 hours', 'retry'),
                (1, 2, '7.6 hours', '7.5 hours', 'dead'),
                (1, 1, '4.5 hours', '4.4 hours', 'retry'), (1, 2, '2.6 hours', '2.5 hours', 'done'),
                (2, 1, '7.6 hours', '7.5 hours', 'dead')) as a (job, n, started, ended, outcome), now() as at
            """)
        let now = Timestamp(microseconds: try superuser.query("select now()").only().timestamp(0))
        let window = Statistics.Window(since: now.advanced(bySeconds: -36_000), until: now, bucket: 3600, now: now)
        func depths() throws -> [Int64?] {
            try Statistics.buckets(window, source: nil, on: activity.batch).map {
                try JSONValue(parsing: Array($0.text.utf8))["queue_depth"]?.integer
            }
        }
        // From ten hours before the full hour: it is made at 9.5, dead at 7.5, open at 4.5 and done at 2.5 hours before it.
        let expected: [Int64?] = [2, 2, 0, 0, 0, 1, 1, 0, 0, 0, 0]
        #expect(try depths() == expected)
        try activity.count()
        #expect(try depths() == expected)
    }

    /// Buckets are whole minutes, tens of them or hours, at most a thousand, and have the time that was asked for in them.
    @Test(
        arguments: [
            (1, nil), (1, 10), (3600, nil), (3600, 10), (86_400, nil), (86_400, 61), (2_592_000, nil),
            (2_592_000, 2000), (3_155_760_000, 10),
        ] as [(Int64, Int64?)])
    func theWindowIsRounded(_ length: Int64, _ bucket: Int64?) {
        let now = Timestamp(microseconds: 1_735_380_123_456_789)
        for end in [now, now.advanced(bySeconds: -777), now.advanced(bySeconds: 5)] {
            let since = end.advanced(bySeconds: -length)
            let window = Statistics.Window(since: since, until: end, bucket: bucket, now: now)
            #expect(window.since <= since && window.until >= end)
            #expect(window.bucket >= bucket ?? 60 && window.bucket % 60 == 0)
            let step: Int64 = window.bucket < 600 ? 60 : window.bucket < 3600 ? 600 : 3600
            #expect(window.since.microseconds % (step * 1_000_000) == 0)
            #expect(window.until == end || window.until.microseconds % (step * 1_000_000) == 0)
            let length = (window.until.microseconds - window.since.microseconds) / 1_000_000
            #expect(length <= window.bucket * Statistics.Window.mostBuckets)
            #expect(since.seconds - window.since.seconds < 7200)
        }
    }
}
