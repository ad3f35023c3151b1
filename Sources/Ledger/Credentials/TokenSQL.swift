/// The statements on stored tokens.
enum TokenSQL {
    /// $1 source, $2 shop.
    static let find = """
        select c.account, t.shop, c.access_token, c.key_id, c.version, c.reason, s.cipher, s.currency,
            case when c.state = 'valid' and c.expires_at <= now() then 'expired' else c.state end as state
        from hookledger.token_shop($1::text, $2::text) as t
        join hookledger.credentials as c on c.source = $1 and c.account = t.account
        join hookledger.credential_shops as s on s.source = $1 and s.shop = t.shop
        """

    /// $1 source, $2 account; null for the only one.
    static let findAccount = """
        select min(c.account) as account, null::text as shop, (array_agg(c.access_token))[1] as access_token,
            min(c.key_id) as key_id, min(c.version) as version, min(c.reason) as reason, null::bytea as cipher,
            null::text as currency,
            min(case when c.state = 'valid' and c.expires_at <= now() then 'expired' else c.state end) as state
        from hookledger.credentials as c
        where c.source = $1::text and c.state <> 'missing' and c.obtained_by <> 'stored'
            and ($2::text is null or c.account = $2)
        having count(*) = 1
        """

    /// $1 source, $2 action.
    static let findStored = """
        select c.account, null::text as shop, c.access_token, c.key_id, c.version, c.reason, null::bytea as cipher,
            null::text as currency,
            case when c.state = 'valid' and c.expires_at <= now() then 'expired' else c.state end as state
        from hookledger.credentials as c
        where c.source = $1::text and c.account = $2::text and c.obtained_by = 'stored' and c.state <> 'missing'
        """

    static let shops = "select shop from hookledger.credential_shops where source = $1::text order by shop"

    static let isReplaced = """
        select from hookledger.credentials
        where source = $1::text and account = $2::text and version > $3::bigint and state = 'valid'
        """

    /// What can be refreshed is refreshed at once, but not within five minutes of the last time: a fresh token that is refused
    /// is another problem. A refresh that is due sooner is not put off by it.
    static let refuse = """
        update hookledger.credentials as c set reason = 'the API refused it: ' || $4::text, state_since = now(),
            state = case when r.is_possible then 'refused' else 'revoked' end,
            refresh_due_at = case when r.is_possible
                then least(c.refresh_due_at, greatest(now(), c.refreshed_at + interval '5 minutes')) end
        from (select refresh_token is not null or obtained_by = 'client_credentials' as is_possible
            from hookledger.credentials where source = $1::text and account = $2::text) as r
        where c.source = $1 and c.account = $2 and c.version = $3::bigint and c.state = 'valid'
        """

    static let store = """
        insert into hookledger.credentials as c (source, account, kind, obtained_by, state, key_id, access_token,
            refresh_token, expires_at, refresh_expires_at, version, authorized_at, refreshed_at, refresh_due_at)
        values ($1::text, $2::text, $3::text, $4::text, 'valid', $5::text, $6::bytea, $7::bytea, $8::timestamptz,
            $9::timestamptz, 1, now(), now(), $10::timestamptz)
        on conflict (source, account) do update set kind = excluded.kind, obtained_by = excluded.obtained_by,
            state = 'valid', reason = null, state_since = now(), key_id = excluded.key_id,
            access_token = excluded.access_token, refresh_token = excluded.refresh_token,
            expires_at = excluded.expires_at, refresh_expires_at = excluded.refresh_expires_at,
            version = c.version + 1, authorized_at = now(), refreshed_at = now(),
            refresh_due_at = excluded.refresh_due_at, failures = 0, leased_by = null, leased_until = null
        """

    static let dropPlaceholder = """
        delete from hookledger.credentials where source = $1::text and state = 'missing' and obtained_by <> 'stored'
        """

    /// $1 source, $2 account, $3 shops, $4 names, $5 regions, $6 currencies, $7 ciphers.
    static let storeShops = """
        with gone as (
            delete from hookledger.credential_shops
            where source = $1::text and account = $2::text and shop <> all ($3::text[]))
        insert into hookledger.credential_shops as s (source, account, shop, name, region, currency, cipher)
        select $1, $2, i.shop, i.name, i.region, i.currency, i.cipher
        from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
            as i (shop, name, region, currency, cipher)
        order by i.shop
        on conflict (source, shop) do update set account = excluded.account, name = excluded.name,
            region = excluded.region, currency = excluded.currency, cipher = excluded.cipher
        """

    /// The tokens that are expected and not there. $1 sources, $2 their kinds, $3 the actions for which a token is to be stored;
    /// null for a source with an app, of which any authorization will do.
    private static let absent = """
        with expected as materialized (
            select i.source, i.kind, coalesce(i.action, '') as account,
                case when i.action is null then 'code' else 'stored' end as obtained_by
            from unnest($1::text[], $2::text[], $3::text[]) as i (source, kind, action)
            where not exists (
                select from hookledger.credentials as c
                where c.source = i.source and c.state <> 'missing'
                    and case when c.obtained_by = 'stored' then c.account = i.action else i.action is null end))
        """

    /// Those of ``absent`` that no row says yet: $1 to $3 as there.
    static let unnoted = """
        \(absent)
        select e.source, e.kind, nullif(e.account, '') as action, e.obtained_by from expected as e
        where not exists (
            select from hookledger.credentials as c where c.source = e.source and c.account = e.account)
        order by e.source, e.account
        """

    /// $1 to $3 as in ``absent``.
    static let expect = """
        \(absent),
        gone as (
            delete from hookledger.credentials as c
            where c.state = 'missing' and not exists (
                select from expected as e where e.source = c.source and e.account = c.account))
        insert into hookledger.credentials (source, account, kind, obtained_by, state)
        select source, account, kind, obtained_by, 'missing' from expected order by source, account
        on conflict do nothing
        """

    static let readable = """
        select source, account, state, key_id, access_token from hookledger.credentials
        where state in ('valid', 'refused', 'unreadable') order by source, account
        """

    static let markUnreadable = """
        update hookledger.credentials set state = 'unreadable', reason = $3::text, state_since = now()
        where source = $1::text and account = $2::text and state in ('valid', 'refused')
        """

    static let markReadable = """
        update hookledger.credentials set state = 'valid', reason = null, state_since = now()
        where source = $1::text and account = $2::text and state = 'unreadable'
        """

    /// A shop takes it back for all shops of its authorization. TikTok's apps have accounts, which the subject names.
    static let heedRemovals = """
        with removed as materialized (
            select c.source, c.account, max(e.received_at) as received_at
            from hookledger.events as e
            join hookledger.credentials as c on c.source = e.source
                and case when c.kind in ('tiktok_developers', 'tiktok_business')
                    then e.provider = c.kind and e.subject = 'account:' || c.account
                    else exists (
                        select from hookledger.credential_shops as s
                        where s.source = c.source and s.account = c.account and s.shop = e.shop_id) end
            where e.type = 'authorization.removed' and e.received_at > now() - interval '7 days'
                and e.received_at > c.authorized_at
                and e.verification <> 'unverified' and e.origin in ('delivery', 'spool', 'released')
                and c.state in ('valid', 'refused', 'unreadable')
            group by c.source, c.account)
        update hookledger.credentials as c set state = 'revoked', state_since = now(),
            reason = 'the permission was revoked at '
                || to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'
        from removed as r where c.source = r.source and c.account = r.account
        returning c.source, c.account
        """

    static let remove = """
        delete from hookledger.credentials
        where source = $1::text and ($2::text is null or account = $2) and state <> 'missing' returning account
        """

    /// $1 holder, $2 length, $3 sources, $4 key id.
    static let takeRefresh = """
        with due as materialized (
            select source, account, leased_until from hookledger.credentials
            where refresh_due_at <= now() and state in ('valid', 'refused') and source = any ($3::text[])
                and key_id = $4::text
                -- One that ends long after it should was taken while Postgres' clock was ahead.
                and (leased_until is null or leased_until <= now() or leased_until > now() + 2 * $2::interval)
            order by refresh_due_at limit 1 for update skip locked)
        update hookledger.credentials as c set leased_by = $1::text, leased_until = now() + $2::interval
        from due as d where c.source = d.source and c.account = d.account
        returning c.source, c.account, c.kind, c.refresh_token, c.version, c.failures,
            d.leased_until is not null as was_interrupted
        """

    static let commitRefresh = """
        update hookledger.credentials set state = 'valid', reason = null,
            state_since = case when state = 'valid' then state_since else now() end, key_id = $4::text,
            access_token = $5::bytea, refresh_token = coalesce($6::bytea, refresh_token), expires_at = $7::timestamptz,
            refresh_expires_at = coalesce($8::timestamptz, refresh_expires_at), version = version + 1,
            refreshed_at = now(), refresh_due_at = $9::timestamptz, failures = 0, leased_by = null, leased_until = null
        where source = $1::text and account = $2::text and version = $3::bigint
        returning 1
        """

    /// $4 the state, or null to try again after $6.
    static let endRefresh = """
        update hookledger.credentials set reason = $5::text, failures = failures + 1, leased_by = null,
            leased_until = null, state = coalesce($4::text, state),
            state_since = case when $4::text is null then state_since else now() end,
            refresh_due_at = case when $4::text is null then now() + $6::interval end
        where source = $1::text and account = $2::text and version = $3::bigint and state in ('valid', 'refused')
        """

    static let keyed = """
        select source, account from hookledger.credentials where key_id is not null order by source, account
        """

    static let lockKeyed = """
        select key_id, access_token, refresh_token, coalesce(leased_until > now(), false) as is_busy
        from hookledger.credentials where source = $1::text and account = $2::text and key_id is not null for update
        """

    static let ciphers = """
        select shop, cipher from hookledger.credential_shops
        where source = $1::text and account = $2::text order by shop for update
        """

    static let rekey = """
        update hookledger.credentials set key_id = $3::text, access_token = $4::bytea, refresh_token = $5::bytea,
            reason = case when state = 'unreadable' then null else reason end,
            state_since = case when state = 'unreadable' then now() else state_since end,
            state = case when state = 'unreadable' then 'valid' else state end
        where source = $1::text and account = $2::text
        """

    static let rekeyShops = """
        update hookledger.credential_shops as s set cipher = i.cipher
        from unnest($2::text[], $3::bytea[]) as i (shop, cipher)
        where s.source = $1::text and s.shop = i.shop and s.cipher is not null
        """
}
