import JSON
import Ledger
import LocalStack
import Postgres
import Testing
import Webhooks

/// A database with random rows of three days, and the counts of them by the plainest statements there are.
struct ActivityLedger {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
        try ledger.superuser.execute(
            """
            select setseed(0.5);
            insert into orders (source, order_id, provider, order_data, extra, clocks, created_at, updated_at, last_event_id,
                last_event_received_at)
            select (array['a', 'b'])[1 + n % 2], 'o' || n, 'p', '{}', '{}', '{}', now(), now(), n, now() from generate_series(1, 20) as n
            """)
    }

    /// Rows at random times of a stretch that ends now: deliveries, refusals, attempts, open jobs and dead letters. Half of the jobs
    /// are of an order.
    /// - Parameters:
    ///   - stretch: an interval.
    ///   - ago: how long before now it ends.
    func write(_ count: Int, within stretch: String, ago: String = "0", over connection: Connection? = nil) throws {
        let connection = connection ?? ledger.superuser
        try connection.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, origin, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now() - interval '\(ago)' - random() * interval '\(stretch)',
                (array['a', 'b', 'c'])[1 + n % 3], 'p', 't', 't', 'stored',
                (array['delivery', 'delivery', 'spool', 'replay'])[1 + n % 4], 'signature', 's', 'r', '', 'POST', '/', '', '[]', ''
            from generate_series(1, \(count)) as n;
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length, unrecorded)
            select now() - interval '\(ago)' - random() * interval '\(stretch)', (array['a', 'b', null])[1 + n % 3], 'k', 'r', 401, 'r', '', 'POST', '/', '', 0,
                n % 4
            from generate_series(1, \(count) / 2) as n;
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, order_row, job_created_at,
                started_at, finished_at, outcome)
            select 1000000 + (random() * 1e9)::bigint, 1, 'x', 'k', 'r', e.id, e.received_at,
                case when e.id % 2 = 0 then (select o.id from orders as o where o.source = e.source order by o.id limit 1) end,
                e.received_at + l.wait * 0.1, e.received_at + l.wait * 0.5, e.received_at + l.wait,
                (array['done', 'done', 'retry', 'dead', 'skipped', 'lost', 'released', 'discarded'])[1 + e.id % 8]
            from events as e
            cross join lateral (select e.id, least(random() * random() * interval '3 hours', now() - e.received_at) as wait) as l
            where e.written_by = pg_current_xact_id();
            insert into jobs (action, kind, rule, state, order_row, event_id, event_received_at, created_at)
            select 'x', 'k', 'r', e.id % 3, case when e.id % 2 = 0 then (select o.id from orders as o where o.source = e.source order by o.id limit 1) end,
                e.id, e.received_at, e.received_at
            from events as e where e.written_by = pg_current_xact_id() and e.id % 5 = 0
            """)
    }

    /// Does what the batch processor does until there is nothing more to do.
    func count(over connection: Connection? = nil) throws {
        var steps = 0
        while try ActivityCounts.advance(on: connection ?? batch), steps < 1000 { steps += 1 }
        #expect(steps < 1000)
    }

    /// As if the last turn were two minutes ago.
    func letMinutesPass() throws {
        try ledger.superuser.execute("update activity_progress set counted_to = counted_to - interval '2 minutes'")
    }

    /// The buckets differ from the rows in nothing; the middle of the latencies by 3 % at most.
    func check(_ place: String, _ location: SourceLocation = #_sourceLocation) throws {
        let now = Timestamp(microseconds: try ledger.superuser.query("select now()").only().timestamp(0))
        for (hours, bucket, source) in [
            (72, 3600, nil), (72, 7200, "a"), (1, 60, nil), (1, 60, "b"), (6, 600, nil), (700, 86_400, nil),
        ] as [(Int64, Int64, String?)] {
            let window = Statistics.Window(
                since: now.advanced(bySeconds: -hours * 3600), until: now, bucket: bucket, now: now)
            let buckets = try Statistics.buckets(window, source: source, on: batch).map {
                try #require(JSONValue(parsing: Array($0.text.utf8)).object)
            }
            let expected = try straight(window, source)
            #expect(buckets.count == expected.count && buckets.count > 5, sourceLocation: location)
            for (bucket, row) in zip(buckets, expected) {
                let what = "\(place): \(bucket["at"]?.string ?? "") of \(hours) h, \(source ?? "all")"
                for name in ["deliveries", "refusals", "jobs_done", "jobs_dead", "attempts_failed"] {
                    #expect(
                        try bucket[name]?.integer == row.bigint(name), "\(name) \(what)", sourceLocation: location)
                }
                // Old jobs that are open are known to the hour.
                if window.bucket >= 3600 || hours == 1 {
                    #expect(
                        try bucket["queue_depth"]?.integer == row.bigint("queue_depth"), "queue \(what)",
                        sourceLocation: location)
                }
                let (exact, shown) = try (row.optionalText("latency_p50"), bucket["latency_p50"])
                if let exact = exact.flatMap(Double.init), case .number(let number)? = shown {
                    let value = try #require(Double(number.text))
                    #expect(abs(value - exact) <= 0.03 * exact + 0.001, "latency \(what)", sourceLocation: location)
                } else {
                    #expect(exact == nil && shown == .null, "latency \(what)", sourceLocation: location)
                }
            }
        }
    }

    private func straight(_ window: Statistics.Window, _ source: String?) throws -> [Row] {
        try Array(
            ledger.superuser.query(
                """
                with attempts as materialized (
                    select t.*, coalesce(o.source, e.source) as source from job_attempts as t left join orders as o on o.id = t.order_row
                    left join events as e on e.id = t.event_id and e.received_at = t.event_received_at
                ), open as materialized (
                    select j.*, coalesce(o.source, e.source) as source from jobs as j left join orders as o on o.id = j.order_row
                    left join events as e on e.id = j.event_id and e.received_at = j.event_received_at
                ), last as (
                    select generate_series($1::timestamptz, $2::timestamptz - interval '1 us', make_interval(secs => $3::bigint)) as at
                )
                select
                    (select count(*) from events as e where e.received_at >= b.at and e.received_at < b.ending
                        and e.origin in ('delivery', 'spool') and ($4::text is null or e.source = $4)) as deliveries,
                    (select coalesce(sum(1 + unrecorded), 0) from refusals as r where r.refused_at >= b.at and r.refused_at < b.ending
                        and ($4::text is null or r.source = $4)) as refusals,
                    a.*,
                    (select count(*) from open as j where j.state <> 2 and (j.created_at < b.ending or b.ending > now())
                        and ($4::text is null or j.source = $4))
                    + (select count(*) from attempts as t where t.outcome in ('done', 'skipped', 'dead', 'discarded')
                        and t.job_created_at < b.ending and t.finished_at >= b.ending
                        and ($4::text is null or t.source = $4)) as queue_depth
                from (select at, at + make_interval(secs => $3::bigint) as ending from last) as b
                cross join lateral (
                    select count(*) filter (where outcome = 'done') as jobs_done, count(*) filter (where outcome = 'dead') as jobs_dead,
                        count(*) filter (where outcome in ('dead', 'retry', 'lost')) as attempts_failed,
                        percentile_disc(0.5) within group (order by extract(epoch from t.finished_at - t.event_received_at))
                            filter (where outcome = 'done')::text as latency_p50
                    from attempts as t where t.finished_at >= b.at and t.finished_at < b.ending
                        and ($4::text is null or t.source = $4)
                ) as a
                order by b.at
                """,
                [
                    .timestamp(window.since.microseconds), .timestamp(window.until.microseconds),
                    .bigint(window.bucket),
                    .text(source),
                ]))
    }
}
