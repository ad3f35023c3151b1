import Webhooks

/// The statements of reconciling.
enum ReconcileSQL {
    /// Makes the row of a source and API, if it is missing. It begins where the source's other rows are, or a little ago.
    static let makeMark = """
        insert into hookledger.reconcile_marks (source, api, watermark, due_at)
        values ($1::text, $2::text, coalesce((select min(watermark) from hookledger.reconcile_marks where source = $1),
            $3::timestamptz), $4::timestamptz)
        on conflict do nothing
        """

    static let watermark =
        "select watermark from hookledger.reconcile_marks where source = $1::text and api = $2::text"

    /// Undoes what was written while the clock was ahead: a lease, a due time, the watermark, the window of an unfinished
    /// run, and times in which the webhook was off or nobody ran. The next run begins where the last one ended before the clock
    /// went ahead: at the first gap between two runs of the last 31 days that is as long as it was ahead. Without one it
    /// was ahead from the first run on. A minute ahead is no reason: hosts may differ by it.
    /// $3 now, $4 the length of a lease, $5 the time between two runs, $6 the watermark without an earlier run, $7 the
    /// longest wait after a failure.
    static let setBack = """
        with ahead as materialized (
            select m.source, m.api, m.run_id, m.watermark > c.latest or coalesce(r.until > c.latest, false) as is_window,
                greatest(m.watermark, r.until) - $3::timestamptz as lead
            from hookledger.reconcile_marks as m
            left join hookledger.reconciliations as r on r.id = m.run_id
            cross join (select $3 + interval '1 minute' as latest) as c
            where m.source = $1::text and m.api = $2::text
                and (m.watermark > c.latest or r.until > c.latest or m.leased_until > c.latest + $4::interval
                    or m.due_at > c.latest
                        + case when m.failures > 0 then greatest($5::interval, $7::interval) else $5 end)
        ), ended as (
            update hookledger.reconciliations as r
            set state = 'stopped', reason = 'the clock was set back', cursor = null, ended_at = $3
            from ahead as a where r.id = a.run_id and a.is_window
        )
        update hookledger.reconcile_marks as m set
            leased_until = case when m.leased_until <= $3 + $4 then m.leased_until end,
            due_at = least(m.due_at, $3), run_id = case when not a.is_window then m.run_id end,
            watermark = case when not a.is_window then m.watermark else (
                select coalesce(min(g.before) filter (where g.gap >= a.lead and g.before <= $3),
                    coalesce(min(g.since), $6::timestamptz) - a.lead)
                from (
                    select r.since, lag(r.until) over (order by r.id) as before,
                        r.started_at - lag(r.started_at) over (order by r.id) as gap
                    from hookledger.reconciliations as r
                    where r.source = m.source and r.api = m.api and r.kind = 'scheduled' and r.state = 'done'
                        and r.started_at > $3 - interval '31 days'
                ) as g) end,
            away_from = case when m.away_until <= $3 then m.away_from end,
            away_until = case when m.away_until <= $3 then m.away_until end,
            webhook_off_from = case when m.webhook_off_from <= $3 then m.webhook_off_from end,
            webhook_off_until = case when m.webhook_off_from <= $3 then least(m.webhook_off_until, $3) end
        from ahead as a where m.source = a.source and m.api = a.api
        """

    /// Takes the lease, if it is free; a scheduled run only when it is due.
    static let take = """
        update hookledger.reconcile_marks as m
        set holder = $3::text, token = nextval('hookledger.lease_tokens'), leased_until = $4::timestamptz + $5::interval,
            alarm = $6::int
        where m.source = $1::text and m.api = $2::text and (m.leased_until is null or m.leased_until <= $4)
            and ($7::boolean is false or m.due_at <= $4)
        returning m.token, m.watermark, m.due_at, m.run_id, m.failures, m.shop_key, m.webhook_off_from,
            m.webhook_off_until, m.away_from, m.away_until
        """

    static let putOff = """
        update hookledger.reconcile_marks set due_at = $3::timestamptz
        where source = $1::text and api = $2::text and due_at <= $4::timestamptz
            and (leased_until is null or leased_until <= $4)
        """

    static let unfinished = """
        select r.id, r.since, r.until, r.cursor, r.compared_until, r.pages, r.compared, r.absent, r.older, r.refused, r.jobs
        from hookledger.reconciliations as r
        where r.source = $1::text and r.api = $2::text and r.kind = $3::text and r.ended_at is null
            and ($4::bigint is null or r.id = $4) and ($5::timestamptz is null or r.since = $5)
        order by r.id desc limit 1
        """

    static let begin = """
        insert into hookledger.reconciliations (source, api, kind, since, until, started_at)
        values ($1::text, $2::text, $3::text, $4::timestamptz, $5::timestamptz, $6::timestamptz)
        returning id
        """

    static let point = """
        update hookledger.reconcile_marks set run_id = $4::bigint
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    static let resume = "update hookledger.reconciliations set state = 'running', reason = null where id = $1::bigint"

    /// Forgets a page that the API no longer knows.
    static let restart =
        "update hookledger.reconciliations set cursor = null, compared_until = null where id = $1::bigint"

    /// The ledger's state of orders. A time that no verified event has said does not count, and one from the future counts as
    /// the clock of its field.
    static let orders = """
        select k.place, o.shop_key,
            case when c.changed -> 0 is distinct from '0'::jsonb then o.order_data ->> 'changed_at' end as said_at,
            (c.changed ->> 1)::bigint as changed_clock,
            coalesce((o.order_data ->> 'needs_detail')::boolean, false) as needs_detail,
            case when (o.order_data ->> 'needs_detail')::boolean
                then (coalesce(o.clocks -> 'needs_detail', o.clocks -> '*') ->> 1)::bigint end as pointed_at,
            o.last_event_received_at as stored_at,
            case when s.status -> 0 is distinct from '0'::jsonb then o.order_data ->> 'status' end as status,
            case when s.stage -> 0 is distinct from '0'::jsonb then o.order_data ->> 'stage' end as stage,
            greatest(case when s.status -> 0 is distinct from '0'::jsonb then (s.status ->> 1)::bigint end,
                case when s.stage -> 0 is distinct from '0'::jsonb then (s.stage ->> 1)::bigint end) as told_at
        from unnest($2::text[]) with ordinality as k (order_id, place)
        join hookledger.orders as o on o.source = $1::text and o.order_id = k.order_id
        cross join lateral (select coalesce(o.clocks -> 'changed_at', o.clocks -> '*') as changed) as c
        cross join lateral (
            select case when o.order_data ? 'status' then coalesce(o.clocks -> 'status', o.clocks -> '*') end as status,
                case when o.order_data ? 'stage' then coalesce(o.clocks -> 'stage', o.clocks -> '*') end as stage) as s
        """

    /// The ledger's state of products or customers: their rows, and what events told that only name one. A time that no
    /// verified event has said does not count.
    static func records(_ kind: RecordKind) -> String {
        let name = kind.rawValue
        return """
            select k.place, r.shop_key, r.stored_at, r.told_at, r.said_at
            from unnest($2::text[]) with ordinality as k (record_id, place)
            cross join lateral (
                select o.shop_key, o.last_event_received_at as stored_at, (
                    select max((c.value ->> 1)::bigint) from jsonb_each(o.clocks) as c
                    where c.value -> 0 is distinct from '0'::jsonb) as told_at,
                    case when coalesce(o.clocks -> 'changed_at', o.clocks -> '*') -> 0 is distinct from '0'::jsonb
                        then o.\(name)_data ->> 'changed_at' end as said_at
                from hookledger.\(name)s as o where o.source = $1::text and o.\(name)_id = k.record_id
                union all
                select coalesce(e.shop_key, ''), max(e.received_at),
                    max((extract(epoch from hookledger.time_that_orders(e.occurred_at, e.received_at)) * 1000000)::bigint)
                        filter (where e.occurred_at is not null), null
                from hookledger.events as e
                where e.subject = '\(name):' || k.record_id and e.source = $1 and e.order_row is null
                    and e.record_row is null and e.type like '\(name).%'
                    and coalesce(e.trusted, e.verification <> 'unverified')
                group by 1
            ) as r
            """
    }

    /// Renews the lease, and with it locks the row until the page is committed.
    static let renew = """
        update hookledger.reconcile_marks set leased_until = $4::timestamptz + $5::interval,
            shop_key = case when shop_key = '' then $6::text else shop_key end
        where source = $1::text and api = $2::text and token = $3::bigint
        returning 1
        """

    static let find = """
        insert into hookledger.reconcile_findings (run_id, source, api, kind, shop_key, order_id, type, finding, changed_at,
            found_at, event_id, order_row, reason, detail, redelivery)
        select $1::bigint, $2::text, $3::text, f.kind, f.shop_key, f.order_id, f.type, f.finding, f.changed_at,
            $4::timestamptz, f.event_id, f.order_row,
            case when f.trouble is null then coalesce(f.reason, w.reason) else 'not_recorded' end,
            coalesce(f.trouble, case when f.reason is null then w.detail end, f.detail), f.redelivery
        from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::bigint[], $10::bigint[], $11::text[],
                $12::boolean[], $16::boolean[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[])
            with ordinality as f (shop_key, order_id, finding, changed_at, event_id, order_row, trouble, is_aside,
                is_pointer, kind, type, reason, detail, redelivery, place)
        cross join lateral hookledger.why_missing($2, case when f.kind <> 'delivery' then f.order_id end, f.changed_at, $4,
            f.is_aside, f.is_pointer, $13::timestamptz, $14::timestamptz, $15::timestamptz, $17::timestamptz, f.kind) as w
        order by f.place
        """

    /// Which of these keys have an event.
    static let events = """
        select k.place from unnest($2::bytea[]) with ordinality as k (dedupe_key, place)
        join hookledger.receipts as r on r.source = $1::text and r.dedupe_key = k.dedupe_key
        """

    /// Which of these deliveries came, or were found missing before.
    static let deliveries = """
        select e.delivery_id from hookledger.events as e
        where e.provider = 'github' and e.source = $1::text and e.delivery_id = any ($2::text[])
        union select r.delivery_id from hookledger.repetitions as r
        where r.source = $1 and r.received_at >= $3::timestamptz and r.delivery_id = any ($2)
        union select f.order_id from hookledger.reconcile_findings as f
        where f.source = $1 and f.order_id = any ($2) and f.kind = 'delivery'
        """

    static let toAsk = """
        select f.id, f.redelivery from hookledger.reconcile_findings as f
        where f.source = $1::text and f.api = $2::text and f.redelivery is not null and f.asked_at is null
            and f.found_at > $3::timestamptz - interval '3 days'
        order by f.id
        """

    static let asked = """
        update hookledger.reconcile_findings set asked_at = $2::timestamptz, detail = coalesce($3::text, detail)
        where id = $1::bigint
        """

    static let turnPage = """
        update hookledger.reconciliations set cursor = $2::text, compared_until = $3::timestamptz, pages = $4::int,
            compared = $5::bigint, absent = $6::bigint, older = $7::bigint, refused = $8::bigint, jobs = $9::bigint,
            last_page_at = $10::timestamptz
        where id = $1::bigint
        """

    static let complete = """
        update hookledger.reconciliations set state = 'done', reason = $3::text, cursor = null, ended_at = $2::timestamptz
        where id = $1::bigint
        """

    /// The watermark never goes back.
    static let finish = """
        update hookledger.reconcile_marks set watermark = greatest(watermark, $4::timestamptz), due_at = $5::timestamptz,
            run_id = null, failures = 0, unauthorized = false, last_error = null, holder = null, leased_until = null
        where source = $1::text and api = $2::text and token = $3::bigint
        returning 1
        """

    static let interrupt = """
        update hookledger.reconciliations set state = $2::text, reason = $3::text where id = $1::bigint
        """

    static let postpone = """
        update hookledger.reconcile_marks set due_at = greatest(due_at, $4::timestamptz), failures = failures + $5::int,
            unauthorized = $6::boolean, last_error = $7::text, holder = null, leased_until = null
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    static let noteWebhook = """
        update hookledger.reconcile_marks set webhook_off_from = $4::timestamptz, webhook_off_until = $5::timestamptz
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    static let deleteOld = "select hookledger.delete_old_reconciles(now() - $1::interval)"

    static let noteAway = """
        update hookledger.reconcile_marks set away_from = $4::timestamptz, away_until = $5::timestamptz
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    static let release = """
        update hookledger.reconcile_marks set holder = null, leased_until = null
        where source = $1::text and api = $2::text and token = $3::bigint
        """
}
