/// The statements of the watch over registered webhooks.
enum WebhookSQL {
    static let make = """
        insert into hookledger.webhook_looks (source, api, due_at) values ($1::text, $2::text, $3::timestamptz)
        on conflict do nothing
        """

    /// Takes the lease, if it is free and a look is due. One that lasts longer than it can, and a look that is put off longer
    /// than it can be, were written while the clock was ahead. $6 the time between two looks, $7 the longest wait after a
    /// failure.
    static let take = """
        update hookledger.webhook_looks
        set holder = $3::text, token = nextval('hookledger.lease_tokens'), leased_until = $4::timestamptz + $5::interval
        where source = $1::text and api = $2::text
            and (due_at <= $4 or due_at > $4 + interval '1 minute'
                + case when failures > 0 then greatest($6::interval, $7::interval) else $6 end)
            and (leased_until is null or leased_until <= $4 or leased_until > $4 + $5 + interval '1 minute')
        returning token, failures
        """

    /// Renews the lease, and with it locks the row until the end of the transaction.
    static let renew = """
        update hookledger.webhook_looks set leased_until = $4::timestamptz + $5::interval
        where source = $1::text and api = $2::text and token = $3::bigint
        returning 1
        """

    static let finish = """
        update hookledger.webhook_looks
        set due_at = $4::timestamptz, looked_at = $5::timestamptz, failures = 0, unauthorized = false, last_error = null,
            holder = null, leased_until = null
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    static let fail = """
        update hookledger.webhook_looks
        set due_at = $4::timestamptz, failures = failures + 1, unauthorized = $5::boolean, last_error = $6::text,
            holder = null, leased_until = null
        where source = $1::text and api = $2::text and token = $3::bigint
        """

    /// The topics with open states: the last known id of each, and how often it was repaired within 24 hours.
    static let open = """
        select s.topic, coalesce(s.webhook_id, (
            select b.webhook_id from hookledger.webhook_states as b
            where b.source = s.source and b.api = s.api and b.topic = s.topic and b.webhook_id is not null
            order by b.id desc limit 1)) as webhook_id, (
            select count(*) from hookledger.webhook_repairs as r
            where r.source = s.source and r.api = s.api and r.topic = s.topic and r.at > $3::timestamptz - interval '24 hours'
                and r.at <= $3 + interval '1 minute'
        ) as repairs
        from hookledger.webhook_states as s
        where s.source = $1::text and s.api = $2::text and s.until is null
        """

    /// The topics that were on, and of which the provider had to give up: from an event that it could not deliver, at least two
    /// days before the topic was first seen off, until then no delivery was accepted. Looks back two weeks from there.
    static let failed = """
        with off as materialized (
            select o.topic, coalesce(min(b.since), $3::timestamptz) as seen_off
            from (
                select topic, max(seen_at) as at from hookledger.webhook_states
                where source = $1::text and api = $2::text and state = 'on' group by topic
            ) as o
            left join hookledger.webhook_states as b
                on b.source = $1 and b.api = $2 and b.topic = o.topic and b.state <> 'on' and b.since >= o.at
            group by o.topic
        ), silent as materialized (
            select s.seen_off, greatest(s.seen_off - interval '14 days', (
                    select e.received_at from hookledger.events as e
                    where e.source = $1 and e.received_at > s.seen_off - interval '14 days' and e.received_at <= s.seen_off
                        and e.origin in ('delivery', 'spool') and e.verification <> 'unverified'
                    order by e.received_at desc limit 1
                ), (
                    select max(r.received_at) from hookledger.repetitions as r
                    where r.source = $1 and r.received_at > s.seen_off - interval '14 days'
                        and r.received_at <= s.seen_off and coalesce(r.origin, 'delivery') in ('delivery', 'spool')
                )) as since
            from (select distinct seen_off from off) as s
        )
        select o.topic from off as o join silent as s on s.seen_off = o.seen_off
        where exists (
            select from hookledger.reconcile_findings as f
            where f.source = $1 and f.kind = 'event' and f.finding = 'absent' and f.changed_at > s.since
                and f.changed_at <= o.seen_off - interval '2 days')
        """

    static let deleted = "select name from hookledger.deleted_webhooks($1::text)"

    /// Ends the states that have changed, and those of topics that are no longer expected.
    static let end = """
        update hookledger.webhook_states as s set until = $3::timestamptz
        where s.source = $1::text and s.api = $2::text and s.until is null and not exists (
            select from unnest($4::text[], $5::text[]) as n (topic, state) where n.topic = s.topic and n.state = s.state)
        """

    /// Keeps a state that lasts; a new one begins, and was on until its topic's last look with that state.
    static let keep = """
        insert into hookledger.webhook_states as s (source, api, topic, of_orders, state, detail, webhook_id, off_from, since,
            seen_at, alarm)
        select $1::text, $2::text, n.topic, n.of_orders, n.state, n.detail, n.webhook_id,
            case when n.state <> 'on' then (
                select case when b.state = 'on' then b.seen_at else b.off_from end from hookledger.webhook_states as b
                where b.source = $1 and b.api = $2 and b.topic = n.topic and b.until = $3
                order by b.id desc limit 1) end,
            $3::timestamptz, $3, n.alarm
        from unnest($4::text[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::boolean[])
            as n (topic, of_orders, state, detail, webhook_id, alarm)
        order by n.topic
        on conflict (source, api, topic) where until is null do update
        set seen_at = excluded.seen_at, detail = excluded.detail, webhook_id = coalesce(excluded.webhook_id, s.webhook_id),
            of_orders = excluded.of_orders, alarm = excluded.alarm
        """

    static let announce = """
        insert into hookledger.webhook_repairs (source, api, topic, repair, address, at)
        values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz)
        returning id
        """

    static let repaired = """
        update hookledger.webhook_repairs set is_done = $2::boolean, result = $3::text where id = $1::bigint
        """
}
