import Jobs
import Ledger
import Platform

/// The statements of telemetry.
enum TelemetrySQL {
    /// Begins with what is written from now on.
    static let begin = """
        insert into hookledger.telemetry_progress (seen, seen_at) values (pg_current_snapshot(), now())
        on conflict do nothing
        """

    /// The position. $1 the age from which on spans are dropped; a minute more leaves time to send what is just not that old.
    static let position = """
        select turn, seen::text as seen, seen_at, coalesce(target, pg_current_snapshot())::text as target,
            coalesce(target_at, now()) as target_at, target is not null as is_under_way,
            after_transaction::text as after_transaction, after_event, after_finish, after_job, after_attempt,
            next_at > now() or coalesce(lease_until > now(), false) as is_busy,
            pg_snapshot_xmax(seen) > pg_snapshot_xmax(pg_current_snapshot()) as is_of_another_history,
            seen_at < now() - $1::interval - interval '1 minute' as is_too_old,
            seen_at < now() - interval '1 minute' as is_stale, failed_since is not null as is_failing
        from hookledger.telemetry_progress
        """

    private static let isFree =
        Mutation.isOn("export-without-lease")
        ? "$1::bigint is not null" : "turn = $1::bigint and (lease_until is null or lease_until < now())"

    /// $2 target, $3 its time.
    static let lease = """
        update hookledger.telemetry_progress
        set turn = turn + 1, lease_until = now() + interval '1 minute', target = $2::text::pg_snapshot,
            target_at = $3::timestamptz
        where \(isFree) returning turn
        """

    private static let restart = """
        target = null, target_at = null, after_transaction = '0', after_event = 0, after_finish = 'epoch', after_job = 0,
            after_attempt = 0
        """

    /// Nothing new was written: the next round begins here. $2 target, $3 its time.
    static let moveSeen = """
        update hookledger.telemetry_progress
        set turn = turn + 1, seen = $2::text::pg_snapshot, seen_at = $3::timestamptz, \(restart) where \(isFree)
        """

    /// $2 to $6 the position. $7 whether spans were taken, $8 why they were refused.
    static let moveOn = """
        update hookledger.telemetry_progress
        set lease_until = now() + interval '1 minute', after_transaction = $2::text::xid8, after_event = $3::bigint,
            after_finish = $4::timestamptz, after_job = $5::bigint, after_attempt = $6::int,
            failed_since = case when $7::boolean or $8::text is not null then null else failed_since end,
            last_error = case when $7::boolean or $8::text is not null then null else last_error end,
            accepted_at = case when $7::boolean then now() else accepted_at end,
            refused_at = case when $8::text is not null then now() else refused_at end, refusal = coalesce($8::text, refusal)
        where turn = $1::bigint returning 1
        """

    /// After a recovery to an earlier time the numbers of transactions mean other ones.
    static let beginAgain = """
        update hookledger.telemetry_progress
        set turn = turn + 1, seen = pg_current_snapshot(), seen_at = now(), \(restart) where \(isFree)
        """

    /// All spans of the round are sent.
    static let endRound = """
        update hookledger.telemetry_progress
        set seen = target, seen_at = target_at, \(restart), lease_until = null where turn = $1::bigint
        """

    static let release = "update hookledger.telemetry_progress set lease_until = null where turn = $1::bigint"

    /// $2 the pause in seconds, $3 why. Returns whether it is the first failure.
    static let postpone = """
        update hookledger.telemetry_progress
        set lease_until = null, next_at = now() + $2::bigint * interval '1 second',
            failed_since = coalesce(failed_since, now()), last_error = $3::text
        where turn = $1::bigint returning failed_since = now() as is_first
        """

    /// Skips what is older than $2. What was received since then was written by later transactions than the first of it, as far as
    /// that can be known. Returns how many spans that were.
    static let drop = """
        with old as (select * from hookledger.telemetry_progress where \(isFree) for update),
        next as (
            select greatest(pg_snapshot_xmax(o.seen), coalesce(
                (select e.written_by from hookledger.events as e
                where e.received_at > now() - $2::interval and e.written_by is not null
                order by e.received_at, e.id limit 1), pg_snapshot_xmax(pg_current_snapshot()))) as transaction
            from old as o),
        moved as (
            update hookledger.telemetry_progress as p
            set turn = p.turn + 1, seen = format('%1$s:%1$s:', n.transaction)::pg_snapshot,
                seen_at = now() - $2::interval, \(restart)
            from next as n
            returning p.turn)
        select
            (select count(*) from old as o cross join next as n join hookledger.events as e
                on \(SnapshotWindow.isNew("e.written_by", since: "o.seen")) and e.written_by < n.transaction
                and (e.written_by, e.id) > (o.after_transaction, o.after_event))
            + (select count(*) from old as o cross join next as n
                join hookledger.job_attempts as t on t.finished_at > o.seen_at - \(lateness) and \(isAttempt)
                and (t.finished_at, t.job_id, t.attempt) > (o.after_finish, o.after_job, o.after_attempt)
                cross join lateral (select hookledger.row_transaction(t.xmin, pg_current_snapshot()) as transaction) as w
                where \(SnapshotWindow.isNew("w.transaction", since: "o.seen")) and w.transaction < n.transaction) as spans
        where exists (select from moved)
        """

    /// The next deliveries: $1 seen, $2 target, $3 and $4 position, $5 how many. The time of the commit is known if Postgres keeps
    /// it; else that of the transaction is known if it made jobs.
    static let deliveries = """
        select e.id, e.received_at, e.source, e.provider, e.type, e.origin, e.method, e.verification, e.disposition,
            e.request_id, e.written_by::text as transaction, \(WorkSQL.parents(of: "e")) as parents,
            coalesce(
                case when current_setting('track_commit_timestamp')::boolean
                    then pg_xact_commit_timestamp(e.written_by::xid) end,
                (select min(t.job_created_at) from hookledger.job_attempts as t
                where t.event_id = e.id and t.finished_at >= e.received_at - interval '1 day'
                    and t.finished_at <= now() + interval '1 day' and t.job_created_at < e.received_at + interval '1 minute'),
                e.received_at) as stored_at
        from hookledger.events as e
        where \(SnapshotWindow.isNew("e.written_by", since: "$1")) and \(SnapshotWindow.isIn("e.written_by", "$2"))
            and (e.written_by, e.id) > ($3::text::xid8, $4::bigint)
        order by e.written_by, e.id limit $5::bigint
        """

    /// What was given back before it began, or ended by a person, is no attempt.
    private static let isAttempt = "t.outcome not in ('released', 'discarded')"
    /// Leaves few rows for the exact comparison of their transactions, which takes ten times as long.
    private static func isYoung(_ seen: String) -> String {
        "age(t.xmin) <= (select age(pg_snapshot_xmin(\(seen))::xid))"
    }
    /// How long after its end an attempt may be written. Its lease is over within a minute, and then another run has the job.
    private static let lateness = "interval '5 minutes'"

    /// The next attempts, with their events: $1 seen, $2 target, $3 time of seen, $4 to $6 position, $7 how many.
    static let attempts = """
        select a.*, e.request_id, e.parents
        from (
            select t.job_id, t.attempt, t.action, t.kind, t.rule, t.event_id, t.event_received_at, t.started_at, t.finished_at,
                t.outcome, t.destination, t.status
            from hookledger.job_attempts as t
            cross join lateral (
                select hookledger.row_transaction(t.xmin, $2::text::pg_snapshot) as transaction) as w
            where t.finished_at >= greatest($3::timestamptz - \(lateness), $4::timestamptz)
                and t.finished_at <= now() + interval '1 day'
                and (t.finished_at, t.job_id, t.attempt) > ($4::timestamptz, $5::bigint, $6::int) and \(isAttempt)
                and \(isYoung("$1::text::pg_snapshot"))
                and \(SnapshotWindow.isNew("w.transaction", since: "$1"))
                and \(SnapshotWindow.isIn("w.transaction", "$2"))
            order by t.finished_at, t.job_id, t.attempt limit $7::bigint) as a
        left join lateral (
            select v.request_id, \(WorkSQL.parents(of: "v")) as parents from hookledger.events as v
            where v.received_at = a.event_received_at and v.id = a.event_id limit 1) as e on true
        order by a.finished_at, a.job_id, a.attempt
        """
}
