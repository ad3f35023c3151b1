public import Postgres
public import Webhooks

/// Statistics over time.
public enum Statistics {
    /// Objects, one per bucket: deliveries, refusals, jobs that were open at its end, and the durations of finished
    /// ones.
    /// - Parameters:
    ///   - since: where the first bucket begins.
    ///   - until: where the last one ends.
    ///   - bucket: seconds.
    ///   - source: narrows deliveries, refusals and latency; nil for all.
    ///   - sources: narrows everything to these; nil for all.
    public static func buckets(
        since: Timestamp, until: Timestamp, bucket: Int, source: String?, of sources: [String]? = nil,
        on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        // The times of the rows are compared with the parameters themselves, so that only the weeks of that time are read.
        try connection.jsonRows(
            """
            with p as materialized (
                select $1::timestamptz as since, $2::timestamptz as until, make_interval(secs => $3::bigint) as step
            ), buckets as materialized (
                select at, at + step as ending from p, generate_series(since, until - interval '1 us', step) as at
            ), events as (
                select date_bin(step, e.received_at, since) as at, count(*) as n
                from p, hookledger.event_list as e
                where e.received_at >= $1 and e.received_at < $2 and ($4::text is null or e.source = $4)
                    and ($5::text[] is null or e.source = any ($5))
                    and e.origin in ('delivery', 'spool')
                group by 1
            ), refusals as (
                select date_bin(step, r.refused_at, since) as at, sum(1 + r.unrecorded) as n
                from p, hookledger.refusal_list as r
                where r.refused_at >= $1 and r.refused_at < $2 and ($4::text is null or r.source = $4)
                    and ($5::text[] is null or r.source = any ($5))
                group by 1
            ), attempts as (
                select date_bin(step, t.finished_at, since) as at,
                    count(*) filter (where outcome = 'done') as done, count(*) filter (where outcome = 'dead') as dead,
                    count(*) filter (where outcome in ('retry', 'dead', 'lost')) as failed,
                    percentile_disc(array[0.5, 0.95, 0.99]) within group (
                        order by extract(epoch from t.finished_at - t.event_received_at))
                        filter (where outcome = 'done') as seconds
                from p, hookledger.job_log as t
                where t.finished_at >= $1 and t.finished_at < $2 and (
                    $4::text is null and $5::text[] is null or exists (
                        select from hookledger.event_list as e
                        where e.id = t.event_id and e.received_at = t.event_received_at
                            and ($4::text is null or e.source = $4) and ($5::text[] is null or e.source = any ($5))))
                group by 1
            ), lives as (
                select created_at, null::timestamptz as ended_at from hookledger.job_list as j
                where state <> 'dead' and \(SourceOfJob.condition("$5"))
                union all
                select min(t.job_created_at), max(t.finished_at)
                from hookledger.job_log as t
                where t.finished_at >= $1 and t.outcome in ('done', 'skipped', 'dead', 'discarded')
                    and ($5::text[] is null or exists (
                        select from hookledger.event_list as e
                        where e.id = t.event_id and e.received_at = t.event_received_at and e.source = any ($5)))
                    and not exists (
                        select from hookledger.job_list as j where j.job_id = t.job_id and j.state <> 'dead')
                group by t.job_id
            ), steps as (
                select date_bin(step, greatest(created_at, since), since) as at, 1 as by from p, lives
                where created_at < until
                union all
                select date_bin(step, ended_at, since), -1 from p, lives where ended_at < until and ended_at >= since
            ), depths as (
                select at, sum(by) as by from steps group by at
            )
            select b.at, coalesce(e.n, 0) as deliveries, coalesce(r.n, 0) as refusals,
                coalesce(sum(d.by) over (order by b.at), 0) as queue_depth, coalesce(a.done, 0) as jobs_done,
                coalesce(a.dead, 0) as jobs_dead, coalesce(a.failed, 0) as attempts_failed,
                a.seconds[1] as latency_p50, a.seconds[2] as latency_p95, a.seconds[3] as latency_p99
            from buckets as b left join events as e using (at) left join refusals as r using (at)
            left join attempts as a using (at) left join depths as d using (at)
            order by b.at
            """,
            [
                .timestamp(since.microseconds), .timestamp(until.microseconds), .bigint(Int64(bucket)),
                .text(source), .optionalTexts(sources),
            ])
    }
}
