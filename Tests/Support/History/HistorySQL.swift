/// The statements that read what is stored.
enum HistorySQL {
    /// Every event with its receipts and the rules of its jobs, one line for each job.
    static let events = """
        with made as (
            select event_id, string_agg(rule, E'\\n') as rules from (
                select event_id, job_id, rule from hookledger.jobs
                union select event_id, job_id, rule from hookledger.job_attempts) as m
            group by event_id),
        received as (select event_id, count(*) as receipts from hookledger.receipts group by event_id)
        select e.id, encode(sha256(e.body), 'hex') as delivery, coalesce(r.receipts, 0) as receipts,
            o.id is not null as has_order, coalesce(m.rules, '') as rules
        from hookledger.events e left join received r on r.event_id = e.id left join made m on m.event_id = e.id
            left join hookledger.orders o on o.id = e.order_row
        order by e.id
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
            coalesce(a.job_id, j.job_id) in (select job_id from hookledger.effects where state = 'uncertain')
                as is_uncertain
        from attempts a full join hookledger.jobs j on j.job_id = a.job_id
        left join hookledger.orders o on o.id = coalesce(a.order_row, j.order_row)
        order by 1
        """
}
