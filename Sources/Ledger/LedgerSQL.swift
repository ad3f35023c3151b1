import Webhooks

/// The statements of this folder.
enum LedgerSQL {
    /// Writes a sample of refusals.
    static let refuse = """
        select hookledger.refuse($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::bytea[], $11::bigint[], $12::int[])
        """

    /// Writes a sample of handshakes.
    static let noteHandshakes = """
        select hookledger.note_handshakes($1::timestamptz[], $2::text[], $3::text[], $4::boolean[], $5::text[],
            $6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[], $12::bytea[], $13::bigint[],
            $14::int[])
        """

    /// Whether something was recorded that was received after a time.
    static let recordedSince = """
        select exists (select from hookledger.events where received_at > $1::timestamptz limit 1)
        """

    /// Which of these backends are still at work. Once the server has started again, their numbers may be those of other
    /// processes: of its own, of other roles, or of this session.
    static let atWork = """
        select pid::bigint from pg_stat_activity
        where pid = any ($1::int[]) and pid <> pg_backend_pid() and usename = session_user
            and state is distinct from 'idle'
        """

    /// Makes a token.
    static let createToken = """
        insert into hookledger.api_tokens (name, hash, scopes, created_by, expires_at, sources)
        values ($1::text, $2::bytea, $3::text[], $4::text, $5::timestamptz, $6::text[])
        """

    /// All tokens, the newest first, without their hashes.
    static let tokens = """
        select name, array_to_string(scopes, ' ') as scopes,
            coalesce(array_to_string(sources, ' '), 'all') as sources, case when revoked_at is not null then 'revoked'
            when expires_at <= now() then 'expired' else 'valid' end as state,
            created_at, created_by, expires_at, revoked_at, last_used_at
        from hookledger.api_tokens order by id desc
        """

    /// Revokes the valid token of a name.
    static let revokeToken = """
        update hookledger.api_tokens set revoked_at = now() where name = $1::text and revoked_at is null
        """

    /// Waits for another run. A new database has no such table yet: there the second of two runs fails when it creates the
    /// schema, and starts again.
    static let firstLock = """
        do $$
        begin
            if to_regclass('hookledger.schema_migrations') is not null then
                lock table hookledger.schema_migrations in share row exclusive mode;
            end if;
        end
        $$;
        """

    /// The same, when the table is there for certain. Then other locks are waited for so briefly that deliveries that queue
    /// behind them are still stored in time. Autovacuum gives way to a waiting lock after deadlock_timeout.
    static let secondLock = """
        lock table hookledger.schema_migrations in share row exclusive mode;
        do $$
        begin
            if current_setting('is_superuser') = 'on' then
                set local deadlock_timeout = '50ms';
            end if;
        end
        $$;
        set local lock_timeout = '100ms';
        """

    /// Ends sessions of readers that are in a transaction.
    static let endReaders = """
        select pg_terminate_backend(pid, 2000) from pg_stat_activity
        where datname = current_database() and usename = 'hookledger_reader'
            and xact_start < clock_timestamp() - interval '1 second'
        """

    /// The sessions that hold up a migration: they are in a transaction that uses the schema.
    static let sessionsInTheWay = """
        select format('process %s of %s (%s), %s, in a transaction since %s', pid, usename,
            coalesce(nullif(application_name, ''), 'no name'), state, xact_start::timestamptz(0))
        from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and usename is not null
            and xact_start < clock_timestamp() - interval '1 second'
            and exists (
                select from pg_locks as l join pg_class as c on c.oid = l.relation
                where l.pid = pg_stat_activity.pid and l.granted and c.relnamespace = to_regnamespace('hookledger')
                    and l.database = (select d.oid from pg_database as d where d.datname = current_database()))
        order by xact_start limit 10
        """

    /// The migrations that were applied.
    static let forgetMigrations = "delete from schema_migrations"
    static let appliedMigrations = "select version, checksum from schema_migrations"

    /// One row for what a person did.
    static let logDeed = """
        insert into hookledger.operator_log (actor, action, subject, reason, details)
        values ($1::text, $2::text, $3::text, $4::text, $5::jsonb)
        """

    /// Puts what a provider says in the place of what it said before.
    static let keepRegistrations = """
        insert into hookledger.registered_webhooks (provider, address, webhooks)
        values ($1::text, $2::text, $3::jsonb)
        on conflict (provider, address) do update set listed_at = now(), webhooks = excluded.webhooks
        """

    /// What is registered, by provider.
    static let registrations = "select * from hookledger.webhook_registrations"

    /// Whether the stored body of an event differs from the received one.
    static let isReduced = "select body_hash is not null from hookledger.events where id = $1::bigint limit 1"

    /// What ``StoredEvent`` is read from.
    static let eventColumns = """
        id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at, sequence, order_row,
            origin, verification, scheme, key_id, request_id, remote_addr, method, path, query, headers, body,
            dedupe_key, trusted, shop_key, first_received_at
        """

    /// The event of an id.
    static let event = "select \(eventColumns) from hookledger.events where id = $1::bigint limit 1"

    /// The events about these rows of a kind, in the order of their ids, each with the row that it is about and the place
    /// of that record in it.
    static func eventsAbout(_ kind: RecordKind) -> String {
        let own = kind == .order ? "order_row" : "record_row"
        let condition = kind == .order ? "" : " and record_kind = '\(kind.rawValue)'"
        return """
            select \(eventColumns), \(own) as about, 0 as record_no, clock::text as given
            from hookledger.events where \(own) = any ($1::bigint[])\(condition)
            union all
            select \(eventColumns), r.record_row, r.record_no, r.given
            from (
                select record_row, record_no, event_id, event_received_at, clock::text as given from hookledger.event_records
                where record_row = any ($1::bigint[]) and record_kind = '\(kind.rawValue)'
            ) as r
            cross join lateral (
                select * from hookledger.events as a where a.received_at = r.event_received_at and a.id = r.event_id offset 0
            ) as e
            order by id
            """
    }
}
