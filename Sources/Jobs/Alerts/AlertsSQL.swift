/// The statements on alerts and their causes. A cause has a topic and a text; `newCauses` adds $1, the pause between two
/// alerts of a topic.
enum AlertsSQL {
    /// The destinations that do not answer.
    static let destinations = "select destination from hookledger.destinations"

    /// $1 the rule of alerts.
    static let failingActions = """
        select distinct action from hookledger.jobs
        where state = 2 and rule = $1 and run_at > now() - interval '1 hour'
        """

    /// $1 topic, $2 pause.
    static let takeTurn = """
        select raised_at from hookledger.alerts
        where topic = $1 and raised_at < now() - $2::interval for update skip locked
        """

    /// $1 topics.
    static let endTurns = """
        insert into hookledger.alerts (topic, raised_at)
        select topic, now() from unnest($1::text[]) as t (topic) order by topic
        on conflict (topic) do update set raised_at = now()
        """

    /// $1 actions, $2 rule, $3 event id, $4 receive time, $5 note.
    static let insert = """
        insert into hookledger.jobs (action, kind, rule, priority, max_attempts, order_row, event_id, event_received_at,
            note)
        select a.action, s.kind, $2, \(Alerts.priority), 4, null, $3::bigint, $4::timestamptz, $5
        from unnest($1::text[]) as a (action) join hookledger.action_states s on s.action = a.action
        order by a.action
        returning job_id
        """

    static let repeatsOverLimit = """
        select 'repeats:' || source as topic,
            format('Repeated deliveries: %s of %s were kept as repetitions, because their body had made as many events '
                || 'as it may within a day. The newest repeats event %s.', sum(repeats), source, max(event_id)) as text
        from hookledger.repetitions
        where over_limit and received_at > now() - interval '2 hours'
        group by source
        """

    static let unlistedShops = """
        select 'shop:' || source || ':' || shop_key as topic,
            format('Unknown shop: %s has sent something in the name of %s. Its jobs are held: list or refuse it with '
                || 'hookledger shops.', shop_key, source) as text
        from hookledger.source_shops where state = 'unlisted'
        """

    static let idsOfSeveralShops = """
        select 'several_shops:' || source as topic,
            format('Ambiguous id: %s deliveries of %s name no shop, and several shops have their id: nothing was '
                || 'changed. The newest is event %s.', count(*), source, max(id)) as text
        from hookledger.events
        where received_at > now() - interval '2 hours' and disposition = 'stored'
            and reason = hookledger.ambiguous_shop_reason()
        group by source
        """

    static let unreadFields = """
        select concat_ws(':', 'unread', source, provider, type, field) as topic,
            format('Unread field: %s of %s (%s) could not be read; it is kept in extra. Event %s has one.', field,
                type, source, example_event_id) as text
        from hookledger.unread_fields where first_seen > now() - $1::interval
        """

    /// Those of the causes that were not alerted within $1; `sql` reads causes.
    static func newCauses(_ sql: String) -> String {
        """
        select c.topic, c.text from (\(sql)) as c
        where not exists (select from hookledger.alerts a
            where a.topic = c.topic and a.raised_at > now() - $1::interval)
        order by c.topic limit \(Causes.most)
        """
    }

    /// $2 limit.
    static let lowStock = """
        select concat_ws(':', 'low_stock', source, product_id, variant_id) as topic,
            format('Low stock: %s has %s left (%s).', coalesce(sku, name, product_id), quantity, source) as text
        from hookledger.inventory_levels where quantity <= $2::bigint and not deleted
        """

    static let priceChanges = """
        select distinct on (topic) concat_ws(':', 'price_change', e.source, e.record_row, c.variant_id) as topic,
            format('Price change: %s costs %s and no longer %s (%s).',
                concat_ws(', ', coalesce(p.name, p.product_id), c.variant), c.new, c.old, e.source) as text
        from hookledger.events as e
        join hookledger.products as p on p.id = e.record_row
        cross join lateral (
            select n.item ->> 'variant_id' as variant_id,
                case when count(*) over () > 1
                    then coalesce(n.item ->> 'name', n.item ->> 'sku', n.item ->> 'variant_id') end as variant,
                (o.item ->> 'price')::numeric as old, (n.item ->> 'price')::numeric as new
            from jsonb_path_query(e.changes, '$.variants[0][*]') as o (item)
            join jsonb_path_query(e.changes, '$.variants[1][*]') as n (item)
                on n.item ->> 'variant_id' = o.item ->> 'variant_id'
            union all
            select null, null, (e.changes -> 'price' ->> 0)::numeric, (e.changes -> 'price' ->> 1)::numeric
            where jsonb_typeof(e.changes -> 'price') = 'array'
                and not (jsonb_path_exists(e.changes, '$.variants[0][*].price')
                    and jsonb_path_exists(e.changes, '$.variants[1][*].price'))
        ) as c
        where e.received_at > $3::timestamptz - interval '1 minute' and e.record_kind = 'product'
            and e.disposition = 'applied' and e.changes ?| array['price', 'variants']
            and c.old > 0 and abs(c.new - c.old) * 100 >= c.old * $2::bigint
        order by topic, e.received_at desc
        """

    static let silentSources = """
        select 'silent:' || s.source as topic,
            format('Silent source: nothing has come from %s for %s.', s.source, s.expected) as text
        from unnest($2::text[], $3::interval[]) as s (source, expected)
        where exists (select from hookledger.receipts r where r.source = s.source)
            and not exists (select from hookledger.events e
                where e.received_at > now() - s.expected and e.source = s.source)
        """

    static let signatureFailures = """
        select 'refusals:' || source as topic,
            format('Signature failures: %s of %s were refused within 10 minutes, usually %s.', lately, source,
                round(usual, 1)) as text
        from (
            select source, sum(1 + unrecorded) filter (where refused_at > now() - interval '10 minutes') as lately,
                coalesce(sum(1 + unrecorded) filter (where refused_at <= now() - interval '10 minutes'), 0) / 143.0
                    as usual
            from hookledger.refusals
            where refused_at > now() - interval '1 day' and source is not null and kind in ('missing_signature',
                'malformed_signature', 'no_secret_matched', 'missing_timestamp', 'malformed_timestamp',
                'outside_tolerance')
            group by source
        ) as r
        where lately >= $2::bigint and lately >= usual * $3::bigint
        """

    static let endingAuthorizations = """
        select distinct on (topic) concat_ws(':', 'authorization', e.source, e.shop_id, e.id) as topic,
            case e.type when 'authorization.removed'
                then format('Authorization removed: %s of %s no longer lets this app in; have it authorized again.',
                    coalesce('shop ' || e.shop_id, 'a shop'), e.source)
                else format('Authorization expiring: %s of %s must be authorized again.',
                    coalesce('shop ' || e.shop_id, 'a shop'), e.source) end as text
        from hookledger.events as e
        where e.received_at > now() - least($1::interval, interval '7 days') and e.provider like 'tiktok\\_shop%'
            and e.type in ('authorization.removed', 'authorization.expiring')
            and e.origin in ('delivery', 'spool', 'released')
            -- A stored token has an alert of its own.
            and not (e.type = 'authorization.removed' and exists (
                select from hookledger.credential_shops as s where s.source = e.source and s.shop = e.shop_id))
        order by topic
        """

    static let oldHolds = """
        select concat_ws(':', 'held', hold_reason, action) as topic,
            format('Held: %s of %s for %s, the oldest since %s UTC (hookledger jobs release).',
                case count(*) when 1 then '1 job' else count(*) || ' jobs' end, action, hold_reason,
                to_char(min(held_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')) as text
        from hookledger.jobs where state = 3 and held_at <= now() - $2::interval
        group by hold_reason, action
        """

    static let missingSecrets = """
        select 'no_secret:' || source as topic,
            format('No usable secret: %s of %s were answered 503 within 10 minutes: %s.',
                case sum(1 + unrecorded) when 1 then '1 delivery' else sum(1 + unrecorded) || ' deliveries' end,
                source, (array_agg(reason order by refused_at desc))[1]) as text
        from hookledger.refusals
        where refused_at > now() - interval '10 minutes' and source is not null and kind = 'no_usable_secret'
        group by source
        """

    /// $1 the rule of alerts: what was sent only by alerts that became dead letters themselves, in all channels, is alerted again. An
    /// alert and what it tells have the time of one transaction.
    static let reopen = """
        with told as materialized (
            select job_id, alerted_at from hookledger.jobs where state = 2 and alerted_at is not null),
        alerts as materialized (
            select event_id, created_at from hookledger.jobs where state = 2 and rule = $1),
        pending as materialized (
            select created_at from hookledger.jobs where state = 0 and priority = \(Alerts.priority) and rule = $1
            union all select created_at from hookledger.jobs where state = 1 and rule = $1),
        failed as materialized (
            select t.job_id from told t
            where exists (select from alerts a where a.created_at = t.alerted_at)
                and not exists (select from pending p where p.created_at = t.alerted_at)
                and not exists (select from alerts a join hookledger.job_attempts d on d.event_id = a.event_id
                    where a.created_at = t.alerted_at and d.job_created_at = a.created_at and d.rule = $1
                        and d.outcome = 'done')),
        again as materialized (
            select j.job_id from hookledger.jobs j join failed f on f.job_id = j.job_id
            where j.state = 2 order by j.job_id for update of j)
        update hookledger.jobs j set alerted_at = null from again g where j.job_id = g.job_id
        """

    static let find = """
        select job_id, action, coalesce(last_error, '') as error, event_id, event_received_at from hookledger.jobs
        where state = 2 and alerted_at is null order by job_id for update
        """

    /// Whether there is a dead letter.
    static let isAny = "select from hookledger.jobs where state = 2 limit 1"

    /// $1 job ids.
    static let markTold = "update hookledger.jobs set alerted_at = now() where job_id = any ($1::bigint[])"

    /// Actions that a mistake in the configuration disables.
    static let disabledActions = """
        select 'disabled_action:' || action as topic,
            format('Action disabled: %s has a mistake, and its jobs are held until it is corrected: %s (hookledger '
                || 'config check).', action, disabled_by) as text
        from hookledger.action_states where disabled_by is not null
        """

    /// A program whose clock was not Postgres' when it last reported.
    static let wrongClocks = """
        select 'clock:' || is_batch as topic,
            format('Clocks differ: %s says %s UTC while Postgres says %s UTC. Set the wrong one: deliveries that are '
                || 'refused for their time are answered 503 meanwhile, and nothing is deleted.',
                case when is_batch then 'the batch processor' else 'the responder' end,
                to_char(clock at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                to_char(beat_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')) as text
        from hookledger.heartbeats
        where clock not between beat_at - interval '1 minute' and beat_at + interval '1 minute'
        """

    /// Audits of the last two days that found an answer without a row.
    static let missingAnswers = """
        select 'audit:' || a.host || ':' || a.id as topic,
            format('Answered but not stored: the audit of %s found %s between %s and %s UTC, the first with the request id %s '
                || '(view audit_runs, run %s).', a.host,
                case a.missing when 1 then '1 request' else a.missing || ' requests' end,
                to_char(a.since at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                to_char(a.until at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), a.missing_ids[1], a.id) as text
        from hookledger.audit_runs as a where a.missing > 0 and a.ended_at > now() - interval '2 days'
        """

    /// Upkeep that waits for a person.
    static let heldUpkeep = """
        select 'held_upkeep:' || task as topic,
            format('Nothing was deleted: %s. Look with hookledger retention --dry-run and confirm with hookledger '
                || 'retention --run.', held) as text
        from hookledger.upkeep where held is not null and held_since < now() - interval '10 minutes'
        """

    /// Deliveries at which Postgres failed within 10 minutes.
    static let notRecorded = """
        select 'not_recorded:' || source as topic,
            format('Not recorded: Postgres failed at %s of %s within 10 minutes, %s of them answered with an error: '
                || '%s.', case sum(1 + unrecorded) when 1 then '1 delivery' else sum(1 + unrecorded) || ' deliveries'
                end, source, coalesce(sum(1 + unrecorded) filter (where status >= 300), 0),
                (array_agg(reason order by refused_at desc))[1]) as text
        from hookledger.refusals
        where refused_at > now() - interval '10 minutes' and source is not null and kind = 'not_recorded'
        group by source
        """

    /// More missing orders within an hour than the alarm of their source.
    static let missingOrders = """
        select 'missing_orders:' || source || ':' || api as topic,
            format('Missing %s: %s of %s were found through %s within an hour, most of them for the reason %s '
                || '(view missing_orders).', case min(kind) when 'event' then 'events' when 'delivery' then 'deliveries'
                    else min(kind) || 's' end, count(*), source, api, mode() within group (order by reason)) as text
        from (
            select m.source, m.api, m.alarm, f.reason, f.kind
            from hookledger.reconcile_marks as m
            join hookledger.reconcile_findings as f on f.source = m.source and f.api = m.api
            where m.alarm > 0 and f.found_at > now() - interval '1 hour'
                -- No webhook can have told it.
                and not (f.kind in ('product', 'customer') and f.reason = 'no_details')
                -- A person fills a new shop.
                and not exists (select from hookledger.reconciliations as r where r.id = f.run_id and r.kind = 'first')
        ) as f
        group by source, api, alarm having count(*) >= alarm
        """

    /// Comparisons that do not end.
    static let stoppedReconciles = """
        select concat_ws(':', 'reconcile', case when unauthorized then 'token' else 'failing' end, source, api) as topic,
            format(case when unauthorized
                then 'Token refused: %s cannot be compared through %s since %s UTC: %s'
                else 'Comparison fails: %s through %s has not ended since %s UTC: %s' end,
                source, api, to_char(watermark at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), last_error) as text
        from hookledger.reconcile_marks as m
        where (unauthorized or failures >= 3)
            -- A stored token has an alert of its own.
            and not exists (
                select from hookledger.credential_shops as s
                join hookledger.credentials as c on c.source = s.source and c.account = s.account
                where s.source = m.source and m.api like '%/' || s.shop and c.state <> 'valid')
            and not exists (
                select from hookledger.credentials as c
                where c.source = m.source and c.obtained_by = 'stored' and c.account = split_part(m.api, ':', 1)
                    and c.state <> 'valid')
        """

    /// The command that gets another token, of a group of `credential_status`.
    private static let deed = """
        case when min(obtained_by) = 'stored' then concat_ws(' ', 'credentials store', source, account)
            else concat_ws(' ', 'authorize', replace(min(kind), '_', '-'), source) end
        """

    /// Tokens that a person must look at, with the jobs that wait for them.
    static let tokens = """
        select concat_ws(':', 'token', source, account, state, extract(epoch from min(authorized_at))::bigint) as topic,
            format('Token %s: %s cannot ask its API%s: %s.%s Run hookledger %s.', state,
                concat_ws(', ', source, case when count(shop) > 0 then 'shop ' || string_agg(shop, ', ' order by shop) end,
                    case when min(obtained_by) = 'stored' then 'action ' || account end),
                coalesce(' since ' || to_char(min(state_since) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', ''),
                coalesce(min(reason), case when state <> 'missing' then 'it has expired'
                    when min(obtained_by) = 'stored' then 'none is stored' else 'it was never authorized' end),
                case sum(held_jobs) when 0 then '' when 1 then ' 1 job is held.'
                    else ' ' || sum(held_jobs) || ' jobs are held.' end,
                \(deed)) as text
        from hookledger.credential_status
        -- A refused token is refreshed within seconds, as a rule.
        where state <> 'valid' and (state <> 'refused' or state_since < now() - interval '2 minutes')
        group by source, account, state
        union all
        select concat_ws(':', 'token', source, account, 'ends') as topic,
            format('Authorization ends: that of %s (%s) ends at %s UTC. Run hookledger %s before.', source,
                account, to_char(min(refresh_expires_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), \(deed)) as text
        from hookledger.credential_status
        where state = 'valid' and refresh_expires_at < now() + interval '7 days'
        group by source, account
        """

    /// Webhooks that are off, and that are not registered or enabled again.
    static let webhooksOff = """
        select concat_ws(':', 'webhook', source, api, topic, state) as topic,
            format('Webhook off: %s of %s is %s at the provider since %s UTC%s (hookledger webhooks diff %s).', topic, source,
                replace(state, '_', ' '), to_char(coalesce(off_from, since) at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                coalesce(': ' || detail, ''), source) as text
        from hookledger.webhook_states where until is null and alarm
        """

    /// Looks at the registered webhooks that fail: a refused token at once, everything else after three.
    static let webhooksUnknown = """
        select concat_ws(':', 'webhooks_unknown', source, api) as topic,
            format('Webhooks unknown: %s of %s does not say what is registered: %s', api, source, last_error) as text
        from hookledger.webhook_looks where unauthorized or failures >= 3
        """

    /// Spans that the collector refused. The topic has no time, so that a wrong password is alerted once in a period.
    static let refusedSpans = """
        select 'telemetry' as topic,
            format('Telemetry: the collector refused spans, and they were skipped: %s. Run hookledger doctor.', refusal)
                as text
        from hookledger.telemetry_progress where refused_at > now() - interval '1 hour'
        """

    /// Changes in the shape of bodies, one line for each source and type.
    static let schemaChanges = """
        select 'schema_change:' || max(id) as topic,
            format('Schema changed: %s of %s has %s, such as %s %s in event %s (view schema_changes).', type, source,
                case count(*) when 1 then '1 change' else count(*) || ' changes' end,
                (array_agg(replace(change, '_', ' ') order by id))[1], (array_agg(path order by id))[1],
                (array_agg(event_id order by id))[1]) as text
        from hookledger.shape_changes where alarm and seen_at > now() - interval '1 hour'
        group by source, type
        """
}
