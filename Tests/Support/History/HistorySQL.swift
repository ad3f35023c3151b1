/// The statements that read what is stored.
enum HistorySQL {
    /// Every event with its receipts and the rules of its jobs, one line for each job.
    static let events = """
        with made as (
            select event_id, job_id, rule from hookledger.jobs
            union select event_id, job_id, rule from hookledger.job_attempts)
        select e.id, encode(sha256(e.body), 'hex') as delivery,
            (select count(*) from hookledger.receipts r where r.event_id = e.id) as receipts,
            exists (select from hookledger.orders o where o.id = e.order_row) as has_order,
            coalesce((select string_agg(m.rule, E'\\n') from made m where m.event_id = e.id), '') as rules
        from hookledger.events e order by e.id
        """

    /// Receipts without their event.
    static let orphanReceipts = """
        select count(*) from hookledger.receipts r
        where not exists (select from hookledger.events e where e.id = r.event_id)
        """

    /// The status of each order.
    static let orders = "select order_id, status from hookledger.orders"

    /// Every job, by its attempts and its row.
    static let jobs = """
        with attempts as (
            select job_id, min(rule) as rule, min(order_row) as order_row,
                count(*) filter (where outcome in ('done', 'skipped')) as ends,
                count(*) filter (where outcome = 'done') as dones
            from hookledger.job_attempts group by job_id)
        select coalesce(a.job_id, j.job_id) as job_id, coalesce(a.rule, j.rule) as rule, o.order_id,
            coalesce(a.ends, 0) as ends, coalesce(a.dones, 0) as dones, coalesce(j.state = 2, false) as is_dead,
            exists (select from hookledger.effects x
                where x.job_id = coalesce(a.job_id, j.job_id) and x.state = 'uncertain') as is_uncertain
        from attempts a full join hookledger.jobs j on j.job_id = a.job_id
        left join hookledger.orders o on o.id = coalesce(a.order_row, j.order_row)
        order by 1
        """
}
