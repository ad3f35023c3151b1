/// The statements of `doctor`.
enum DoctorSQL {
    /// The version of the schema.
    static let firstMigration = "select checksum from schema_migrations where version = 1"
    static let version = "select coalesce(max(version), 0) from schema_migrations"

    /// The cells whose rows no list of a router has.
    static let missingCells = "select cell || coalesce(': ' || reason, '') from missing_cells order by cell"

    /// The settings without which a power cut costs more than the statements under way.
    static let unsafeSettings = """
        select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name
        """

    /// Tables that the ingest role has rights on.
    static let openTables = """
        select coalesce(string_agg(c.relname, ', ' order by c.relname), '') from pg_class as c
        where c.relnamespace = 'hookledger'::regnamespace and c.relkind in ('r', 'p', 'v')
            and has_table_privilege('hookledger_ingest', c.oid, 'select, insert, update, delete')
        """

    /// The slots that the server has for roles other than superusers.
    static let slots = """
        select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as slots
        """

    /// The connection limit of a role; -1 for none.
    static let limit = "select coalesce(max(rolconnlimit), -1) from pg_roles where rolname = $1"

    /// What the collector of spans took last, and why it takes none.
    static let telemetry = """
        select case when failed_since is not null
                then format('it has taken nothing since %s UTC: %s',
                    to_char(failed_since at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), last_error) end as away,
            case when refused_at > now() - interval '1 day'
                then format('it refused spans at %s UTC, which were skipped: %s',
                    to_char(refused_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), refusal) end as refused,
            to_char(accepted_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC' as accepted
        from hookledger.telemetry_progress
        """

    /// The state of the person index, and its key.
    static let personIndex = "select key_id, is_backlog_done, indexed from hookledger.person_index"

    static let hasEvents = "select exists (select from hookledger.events)"

    /// Jobs of rules that the configuration does not have; a note is of a job that no rule made.
    static let orphans = """
        select coalesce(sum(n), 0)::bigint as jobs,
            coalesce(string_agg(rule, ', ' order by rule) filter (where place <= 3), '') as rules
        from (
            select rule, count(*) as n, row_number() over (order by rule) as place
            from jobs where note is null and rule <> all ($1::text[]) group by rule) as lost
        """

    /// The levels that the service is to reach.
    static let levels = """
        select metric, target, coalesce(value::text, 'nothing happened') as value, met from service_levels
        """

    /// For how long a job has been due, and for how long the batch processor has not reported.
    static let batch = """
        select coalesce(extract(epoch from now() - min(run_at))::bigint, 0) as waiting,
            (select extract(epoch from now() - seen_at)::bigint from batch_activity) as seen
        from jobs where state = 0 and run_at < now()
        """

    /// What waits for a person before it deletes something.
    static let heldUpkeep = "select task, held from upkeep where held is not null order by task"

    /// Dead letters, and how many of them had no alert.
    static let deadLetters = """
        select count(*) as dead, count(*) filter (where alerted_at is null) as untold from jobs where state = 2
        """

    /// The authorizations, each with its worst fact.
    static let tokens = """
        select source, replace(kind, '_', '-') as kind, case when min(obtained_by) = 'stored' then account end as action,
            state, min(reason) as reason, sum(held_jobs)::bigint as held,
            to_char(min(refresh_expires_at) at time zone 'UTC', 'YYYY-MM-DD') as ends,
            coalesce(min(refresh_expires_at) < now() + interval '7 days', false) as ends_soon
        from credential_status group by source, kind, account, state order by source, kind, account
        """

    /// Held jobs, and what for.
    static let held = """
        select count(*) as jobs, coalesce(string_agg(distinct hold_reason, ', '), '') as reasons
        from jobs where state = 3
        """

    /// Destinations to which nothing is sent for now.
    static let breakers = """
        select destination, reason from destinations where open_until > now() order by destination
        """

    /// The expected webhooks of each source and API.
    static let webhooks = """
        select source, api, count(topic) as topics, max(last_error) as last_error,
            coalesce(string_agg(topic || ' ' || replace(state, '_', ' '), ', ' order by topic) filter (where state <> 'on'
                and (alarm or state <> 'paused')), '')
                as off
        from webhook_watch group by source, api order by source, api
        """
}
