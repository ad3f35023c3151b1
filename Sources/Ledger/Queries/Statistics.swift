public import Postgres
public import Webhooks

/// Statistics over time.
public enum Statistics {
    /// How far the counts reach.
    public struct Reach: Sendable {
        /// What was stored by then is counted, save what came late.
        public let asOf: Timestamp
        /// Nothing older is counted yet; nil once everything is.
        public let completeSince: Timestamp?
        /// The time of the count of open jobs.
        public let queueAsOf: Timestamp
    }

    /// How far the counts reach now.
    public static func reach(on connection: Connection) throws(PostgresError) -> Reach {
        let row = try connection.query(
            """
            select coalesce(min(as_of), now()) as as_of, max(counted_from) as complete_since,
                coalesce((select min(as_of) from hookledger.open_jobs_by_age), now()) as queue_as_of
            from hookledger.activity_state
            """
        ).only()
        return Reach(
            asOf: Timestamp(microseconds: try row.timestamp("as_of")),
            completeSince: try row.optionalTimestamp("complete_since").map { Timestamp(microseconds: $0) },
            queueAsOf: Timestamp(microseconds: try row.timestamp("queue_as_of")))
    }

    /// Objects, one per bucket: deliveries, refusals, jobs that were open at its end, and the durations of finished ones, right
    /// within 3 %.
    ///
    /// The queue at a time before its count is made of the jobs that are open since before it, and of those that ended between the
    /// two; of later times it is as it was counted.
    /// - Parameters:
    ///   - source: narrows everything; nil for all.
    ///   - sources: narrows everything to these; nil for all.
    public static func buckets(
        _ window: Window, source: String?, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        // The times of the rows are compared with the parameters themselves, so that only the rows of that time are read.
        let isWanted = "($5::text is null or source = $5) and ($6::text[] is null or source = any ($6))"
        return try connection.jsonRows(
            """
            with p as materialized (
                select $1::timestamptz as since, $2::timestamptz as until, make_interval(secs => $3::bigint) as width
            ), buckets as materialized (
                select at, at + width as ending from p, generate_series(since, until - interval '1 us', width) as at
            ), rows as materialized (
                select date_bin(width, a.at, since) as at, deliveries, refusals, jobs_done, jobs_dead, attempts_failed,
                    latency_steps, latency_counts
                from p, hookledger.activity as a
                where a.step = $4::int and a.at >= $1 and a.at < $2 and \(isWanted)
            ), counts as (
                select at, sum(deliveries) as deliveries, sum(refusals) as refusals, sum(jobs_done) as done,
                    sum(jobs_dead) as dead, sum(attempts_failed) as failed
                from rows group by at
            ), latencies as (
                select r.at, l.step, sum(sum(l.jobs)) over (partition by r.at order by l.step) as upto,
                    sum(sum(l.jobs)) over (partition by r.at) as total
                from rows as r cross join lateral unnest(r.latency_steps, r.latency_counts) as l (step, jobs)
                group by r.at, l.step
            ), percentiles as (
                select at, min(step) filter (where upto >= 0.5 * total) as p50,
                    min(step) filter (where upto >= 0.95 * total) as p95,
                    min(step) filter (where upto >= 0.99 * total) as p99
                from latencies group by at
            ), line as materialized (
                select * from hookledger.open_jobs_by_age
            ), counts_of_cells as (
                -- Each cell counts at a time of its own.
                select as_of, coalesce(max(ended_at), date_bin('1 minute', as_of, timestamptz '2000-01-01 00:00:00+00')) as at
                from line group by as_of
            ), counted as materialized (
                select coalesce(l.source, '') as source, min(c.at) as at
                from line as l join counts_of_cells as c using (as_of) group by 1
            ), latest as materialized (
                select coalesce(max(at), date_bin('1 minute', now(), timestamptz '2000-01-01 00:00:00+00')) as at
                from counts_of_cells
            ), ends as (
                -- Of a source without open jobs every time will do.
                select l.*, coalesce(c.at, t.at) as counted_at from (
                    select step, opened_at, ended_at, jobs, source from hookledger.job_lives
                    where step = $4::int and ended_at >= $1 and opened_at < $2 and \(isWanted)
                    union all
                    -- The minutes up to the count, where that is within a longer step.
                    select 0, opened_at, ended_at, jobs, source from hookledger.job_lives
                    where step = 60 and $4::int > 60 and ended_at >= $1 and opened_at < $2 and \(isWanted)
                        and ended_at < (select at from latest) and ended_at >= (
                            select date_bin(make_interval(secs => $4::int), min(at), timestamptz '2000-01-01 00:00:00+00')
                            from (select at from counted union all select at from latest) as a)
                ) as l cross join latest as t left join counted as c on c.source = coalesce(l.source, '')
            ), lives as (
                select opened_at, ended_at, jobs from line where \(isWanted)
                union all
                select e.opened_at, e.ended_at, e.jobs from ends as e cross join lateral (
                    select date_bin(make_interval(secs => $4::int), e.counted_at, timestamptz '2000-01-01 00:00:00+00') as whole
                ) as w
                where case e.step when 0 then e.ended_at < e.counted_at and e.ended_at >= w.whole else e.ended_at < w.whole end
            ), steps as (
                select date_bin(width, greatest(opened_at, since), since) as at, jobs as by from p, lives
                where opened_at < until
                union all
                select date_bin(width, ended_at, since), -jobs from p, lives where ended_at < until and ended_at >= since
            ), depths as (
                select at, sum(by) as by from steps group by at
            )
            select b.at, coalesce(c.deliveries, 0) as deliveries, coalesce(c.refusals, 0) as refusals,
                coalesce(sum(d.by) over (order by b.at), 0) as queue_depth, coalesce(c.done, 0) as jobs_done,
                coalesce(c.dead, 0) as jobs_dead, coalesce(c.failed, 0) as attempts_failed,
                \(seconds("p50")) as latency_p50, \(seconds("p95")) as latency_p95, \(seconds("p99")) as latency_p99
            from buckets as b left join counts as c using (at) left join percentiles as q using (at)
            left join depths as d using (at)
            order by b.at
            """,
            [
                .timestamp(window.since.microseconds), .timestamp(window.until.microseconds), .bigint(window.bucket),
                .integer(Int32(window.step)), .text(source), .optionalTexts(sources),
            ])
    }

    /// The middle of a step of latency_step(), in seconds.
    private static func seconds(_ step: String) -> String {
        "round((power(1.05::float8, q.\(step) - 0.5) / 1000)::numeric, 6)"
    }
}
