public import Postgres

/// What an operator does about dead letters.
public enum DeadLetters {
    /// What became of those that were meant.
    public struct Report: Sendable, Hashable {
        /// The jobs that were retried or discarded.
        public var moved: [Int64] = []
        /// The jobs that were passed over because their effect may have happened.
        public var uncertain: [Int64] = []
        /// Those of `moved` whose effect may have happened: it is forgotten (retried) or taken as done (discarded).
        public var doubtful: [Int64] = []
    }

    /// Makes dead letters ready again, with all attempts before them, in the order of their ids.
    ///
    /// - Parameters:
    ///   - filter: which.
    ///   - spread: milliseconds over which their start times are spread evenly, so that a destination that is just back
    ///     is not flooded.
    ///   - repeatingUncertain: whether also those whose effect may have happened and whose destination can not be
    ///     asked: their effect is forgotten, so it may then happen twice.
    ///   - unaskable: the kinds of actions whose destination can not be asked.
    public static func retry(
        _ filter: JobFilter, spread: Int64 = 0, repeatingUncertain: Bool, unaskable: [String],
        on connection: Connection
    ) throws(PostgresError) -> Report {
        try report(
            """
            moved as (
                update hookledger.jobs j set state = 0, attempt = 0, uncounted = 0, first_failed_at = null,
                    last_error = null, alerted_at = null,
                    -- One of the same key may be waiting already.
                    unique_key = null,
                    run_at = now() + (c.place - 1) * ($8::bigint * interval '1 ms') / greatest(c.total, 1)
                from (select *, row_number() over (order by job_id) as place, count(*) over () as total from chosen
                    where $9::boolean or not uncertain) as c
                where j.job_id = c.job_id returning j.job_id),
            forgotten as (
                delete from hookledger.effects e using chosen c
                where c.uncertain and $9::boolean and e.job_id = c.job_id and e.state <> 'done')
            """, filter, [.bigint(spread), .boolean(repeatingUncertain), .texts(unaskable)], connection)
    }

    /// Gives dead letters up for good: each leaves an attempt `discarded`. An effect of which nobody knows whether it
    /// happened is taken as done, so that no later job repeats it.
    public static func discard(
        _ filter: JobFilter, reason: String, unaskable: [String], on connection: Connection
    ) throws(PostgresError) -> Report {
        try report(
            """
            moved as (
                delete from hookledger.jobs j using chosen c where j.job_id = c.job_id and $9::boolean returning j.*),
            logged as (
                insert into hookledger.job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at,
                    order_row, job_created_at, started_at, finished_at, outcome, reason)
                select job_id, attempt + uncounted, action, kind, rule, event_id, event_received_at, order_row,
                    created_at, now(), now(), 'discarded', $8::text
                from moved),
            settled as (
                update hookledger.effects e set state = 'done', finished_at = now(), answer = 'discarded by an operator'
                from chosen c where e.job_id = c.job_id and e.state <> 'done')
            """, filter, [.text(reason), .boolean(true), .texts(unaskable)], connection)
    }

    /// $1 … $7 the filter, $8 and $9 the step's own, $10 the kinds that can not be asked.
    private static func report(
        _ steps: String, _ filter: JobFilter, _ more: [Parameter], _ connection: Connection
    ) throws(PostgresError) -> Report {
        let rows = try connection.query(
            """
            with chosen as materialized (
                select j.job_id, exists (select from hookledger.effects e where e.job_id = j.job_id
                    and (e.state = 'uncertain' or e.state = 'started' and j.kind = any ($10::text[]))) as uncertain
                from hookledger.jobs j left join hookledger.orders o on o.id = j.order_row
                where j.state = 2 and \(JobFilter.condition) order by j.job_id limit $7::bigint for update of j),
            \(steps)
            select c.job_id, m.job_id is not null as moved, c.uncertain
            from chosen c left join moved m on m.job_id = c.job_id order by c.job_id
            """, filter.parameters + more)
        var report = Report()
        for row in rows {
            let id = try row.bigint("job_id")
            let isMoved = try row.bool("moved")
            if isMoved { report.moved.append(id) } else { report.uncertain.append(id) }
            let isUncertain = try row.bool("uncertain")
            if isMoved, isUncertain { report.doubtful.append(id) }
        }
        return report
    }
}
