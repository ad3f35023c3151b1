/// The statements of the watch over registered webhooks.
enum WebhookSQL {
    static let make = """
        insert into hookledger.webhook_looks (source, api, due_at) values ($1::text, $2::text, $3::timestamptz)
        on conflict do nothing
        """

    /// Takes the lease, if it is free and a look is due.
    static let take = """
        update hookledger.webhook_looks
        set holder = $3::text, token = nextval('hookledger.lease_tokens'), leased_until = $4::timestamptz + $5::interval
        where source = $1::text and api = $2::text and due_at <= $4 and (leased_until is null or leased_until <= $4)
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
        ) as repairs
        from hookledger.webhook_states as s
        where s.source = $1::text and s.api = $2::text and s.until is null
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
