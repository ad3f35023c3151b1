import Ledger

/// The statements that people ask about jobs.
enum OperateSQL {
    /// The parameters of `JobFilter`, $7 limit, $8 sources, $9 shop, $10 the job before, $11 the last job; oldest first.
    static let deadLetters = """
        select d.* from hookledger.dead_letters d
        where d.job_id = any (array(
            select j.job_id from hookledger.jobs j where j.state = 2 and \(filtered) order by j.job_id limit $7::bigint))
        order by d.job_id
        """

    /// The same of open jobs.
    static let openJobs = """
        select \(openColumns) from hookledger.job_list j
        where j.job_id = any (array(
            select j.job_id from hookledger.jobs j
            where j.state in (0, 1, 3) and \(filtered) order by j.job_id limit $7::bigint))
        order by j.job_id
        """

    /// $1 limit: all open jobs, the next ones first, held ones last. Each state has an index that begins where its list
    /// begins.
    static let nextJobs = """
        with recursive ready (priority) as (
            (select priority from hookledger.jobs where state = 0 order by priority limit 1)
            union all
            select (select j.priority from hookledger.jobs j where j.state = 0 and j.priority > r.priority
                    order by j.priority limit 1)
            from ready r where r.priority is not null),
        held (reason) as (
            (select hold_reason from hookledger.jobs where state = 3 order by hold_reason limit 1)
            union all
            select (select j.hold_reason from hookledger.jobs j where j.state = 3 and j.hold_reason > h.reason
                    order by j.hold_reason limit 1)
            from held h where h.reason is not null),
        first as (
            select j.* from ready r cross join lateral (
                select j.job_id, j.run_at, 0 as place from hookledger.jobs j
                where j.state = 0 and j.priority = r.priority order by j.run_at, j.job_id limit $1::bigint) as j
            union all
            (select j.job_id, j.run_at, 0 from hookledger.jobs j where j.state = 1 limit $1)
            union all
            select j.* from held h cross join lateral (
                select j.job_id, j.run_at, 1 from hookledger.jobs j
                where j.state = 3 and j.hold_reason = h.reason order by j.job_id limit $1) as j)
        select \(openColumns) from hookledger.job_list j
        where j.job_id = any (array(select job_id from first order by place, run_at, job_id limit $1))
        order by j.state = 'held', j.run_at, j.job_id
        """

    /// $1 the job before, $2 how many: the last of this many dead letters, if there are more.
    static let endOfDeadLetters = end("= 2")

    /// The same of open jobs.
    static let endOfOpenJobs = end("in (0, 1, 3)")

    /// What is to do, by action.
    static let depth = "select * from hookledger.queue_depth order by action"

    /// $1 job id.
    static let job = """
        select $1::bigint as job_id,
            (select to_jsonb(j) from hookledger.job_list j where j.job_id = $1) as job,
            (select jsonb_agg(to_jsonb(t) order by t.finished_at, t.attempt) from hookledger.job_log t
                where t.job_id = $1) as attempts,
            (select jsonb_agg(to_jsonb(e) order by e.started_at) from hookledger.effect_list e
                where e.job_id = $1) as effects
        """

    /// $1 job id, $2 sources.
    static let isJobOfSources = """
        select exists (
            select from hookledger.event_list as e
            where e.source = any ($2::text[]) and (e.id, e.received_at) in (
                select event_id, event_received_at from hookledger.job_list where job_id = $1::bigint
                union all
                select event_id, event_received_at from hookledger.job_log where job_id = $1::bigint))
        """

    private static let openColumns = """
        j.job_id, j.action, j.kind, j.rule, j.state, j.attempt, j.uncounted, j.run_at, j.created_at, j.source,
            j.order_row, j.order_id, j.event_id, j.last_error, j.hold_reason, j.held_at
        """

    /// The conditions of a filter on `j` (jobs). What is of an order is looked up for each job, so that no list of a shop's
    /// orders is read; the source of a job whose event is deleted is unknown.
    private static let filtered = """
        j.job_id > $10::bigint and ($11::bigint is null or j.job_id <= $11)
        and (cardinality($1::bigint[]) = 0 or j.job_id = any ($1)) and ($2::text is null or j.action = $2)
        and ($3::text is null or j.kind = $3) and ($4::text is null or j.rule = $4)
        and ($5::text is null or j.order_row = any (array(
            select o.id from hookledger.order_list as o where o.order_id = $5)))
        and ($6::text is null or strpos(lower(j.last_error), lower($6)) > 0)
        and ($8::text[] is null or coalesce(
            (select o.source from hookledger.order_list as o where o.id = j.order_row),
            (select e.source from hookledger.event_list as e
                where e.id = j.event_id and e.received_at = j.event_received_at)) = any ($8))
        and ($9::text is null or (select o.shop_key from hookledger.order_list as o where o.id = j.order_row) = $9)
        """

    private static func end(_ states: String) -> String {
        """
        select j.job_id from hookledger.jobs j where j.state \(states) and j.job_id > $1::bigint
        order by j.job_id offset $2::bigint - 1 limit 1
        """
    }
}
