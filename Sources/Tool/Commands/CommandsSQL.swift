/// The statements of commands.
enum CommandsSQL {
    /// Comments that wait for a person.
    static let commentsToReview = """
        select to_jsonb(q)::text as row from (
            select * from comment_review_queue where $1::text is null or source = $1
            order by waiting_since limit $2::bigint
        ) as q
        """

    /// The sources that have a comment of an id.
    static let sourcesOfComment = """
        select source from comments where comment_id = $1 and ($2::text is null or source = $2) order by source
        """

    /// Orders of an id, or of a row (#12).
    static let orders = """
        select id, source, order_id, provider, order_data, extra, created_at, updated_at from orders
        where (order_id = $1::text or id = substring($1::text from '^#(\\d{1,18})$')::bigint)
            and ($2::text is null or source = $2) and ($3::text is null or shop_key = $3)
        order by source, order_id
        """

    /// An order with its history, as one object.
    static let order = """
        select to_jsonb(s) - 'clocks' as "order",
            (select jsonb_agg(to_jsonb(h) - '{order_row,source,order_id}'::text[] order by h.event_id, h.field)
                from order_events as h where h.order_row = s.id) as history,
            (select jsonb_agg(to_jsonb(t) - '{order_row,source,order_id}'::text[] order by t.at)
                from order_timeline as t where t.order_row = s.id) as timeline
        from order_states as s where s.id = $1::bigint
        """

    /// What its events changed, a line each.
    static let orderHistory = """
        select received_at as at, concat_ws(' ', 'event', event_id, field || ':', coalesce(old::text, '-'), '->',
            coalesce(new::text, '-')) as line
        from order_events where order_row = $1 order by event_id, field
        """

    /// What was done about it, a line each.
    static let orderJobs = """
        select nullif(at, 'infinity') as at, line from (
            select finished_at as at, concat_ws(' ', action, 'job', job_id, 'attempt',
                attempt || ':', outcome, reason) as line
            from job_log where order_row = $1 and event_id = any (array(
                select event_id from event_rows where record_kind = 'order' and record_row = $1))
            union all
            select 'infinity', concat_ws(' ', action, 'job', job_id,
                case state when 0 then 'ready' when 1 then 'running' else 'dead letter' end, last_error)
            from jobs where order_row = $1
        ) as t order by at
        """

    /// The stored tokens, without them.
    static let credentials = """
        select c.* from credential_status as c
        where ($1::text is null or c.source = $1) and ($2::text is null or c.account = $2)
        order by c.source, c.account, c.shop
        """

    /// The event that a request made a moment ago: $1 the request's id.
    static let eventOfRequest = """
        select id from event_list where received_at > now() - interval '5 minutes' and request_id = $1::text
        order by received_at desc limit 1
        """

    /// What is paused.
    static let pauses = "select * from pause_list order by kind, name"

    /// $1 kind, $2 name, $3 milliseconds, $4 actor, $5 reason.
    static let pause = """
        select to_json(ends_at) #>> '{}' as until, was_paused
        from pause_jobs($1::text, $2::text, $3::bigint, $4::text, $5::text)
        """

    /// $1 kind, $2 name, $3 actor, $4 reason.
    static let resume = "select was_paused, jobs from resume_jobs($1::text, $2::text, $3::text, $4::text)"

    /// The shops of each source.
    static let shops = """
        select source, shop_key, state, is_first, changed_at, changed_by from shop_list order by source, shop_key
        """

    /// What an event changed.
    static let changeOfEvent = """
        select disposition, coalesce(changes, '{}')::text as changes from hookledger.events where id = $1 limit 1
        """

    /// The record that an event is about.
    static let recordOfEvent = """
        select r.kind, r.id as record_id, r.data::text, r.extra::text, r.clocks::text
        from hookledger.events e
        cross join lateral (
            select 'order' as kind, order_id as id, order_data as data, extra, clocks from hookledger.orders
                where id = e.order_row
            union all select 'product', product_id, product_data, extra, clocks from hookledger.products
                where e.record_kind = 'product' and id = e.record_row
            union all select 'customer', customer_id, customer_data, extra, clocks from hookledger.customers
                where e.record_kind = 'customer' and id = e.record_row
            union all select 'comment', comment_id, comment_data, extra, clocks from hookledger.comments
                where e.record_kind = 'comment' and id = e.record_row) as r
        where e.id = $1
        """
}
