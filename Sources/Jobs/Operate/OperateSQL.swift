import Ledger

/// The statements that people ask about jobs.
enum OperateSQL {
    /// The parameters of `JobFilter`, $7 limit, $8 sources.
    static let deadLetters = """
        select d.* from hookledger.dead_letters d join hookledger.job_list j on j.job_id = d.job_id
        where \(JobFilter.condition) and \(SourceOfJob.condition("$8")) order by d.job_id limit $7::bigint
        """

    /// The parameters of `JobFilter`, $7 limit, $8 sources.
    static let openJobs = """
        select j.job_id, j.action, j.kind, j.rule, j.state, j.attempt, j.uncounted, j.run_at, j.created_at, j.source,
            j.order_id, j.event_id, j.last_error, j.hold_reason, j.held_at
        from hookledger.job_list j
        where j.state in ('ready', 'running', 'held') and \(JobFilter.condition) and \(SourceOfJob.condition("$8"))
        order by j.run_at, j.job_id limit $7::bigint
        """

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
}
