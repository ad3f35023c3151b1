/// The statements of `status`.
enum StatusSQL {
    /// One object. Deliveries of the last hour are those of its minutes, also of the one in which it began; counts of a day, and of
    /// the queue, are kept ones where the tables are large.
    static let overview = """
        select jsonb_build_object(
            'postgres', current_setting('server_version'),
            'schema', (select coalesce(max(version), 0) from schema_migrations),
            'revision', (select max(revision) from configuration_revisions),
            'in_5_minutes', a.in_5_minutes, 'in_an_hour', a.in_an_hour,
            'due', q.due, 'waiting', q.waiting, 'running', q.running, 'held', q.held, 'dead', q.dead,
            'oldest_seconds', extract(epoch from q.oldest)::bigint,
            'batch_seen_seconds', (select extract(epoch from now() - seen_at)::bigint from batch_activity),
            'batch_runs', (select count(*) from batch_runs),
            'paused', (select coalesce(jsonb_agg(p order by p.kind, p.name), '[]') from pause_list as p),
            'is_held', is_held(),
            'tokens_valid', (select count(*) from credential_status where state = 'valid'),
            'tokens_not_valid', (
                select coalesce(jsonb_agg(distinct c.source || ': ' || replace(c.state, '_', ' ')), '[]')
                from credential_status as c where c.state <> 'valid'),
            'partition_days', partition_days_ahead(),
            'database_bytes', pg_database_size(current_database())
        )::text as overview
        from (
            select coalesce(sum(due), 0) as due, coalesce(sum(waiting), 0) as waiting, coalesce(sum(running), 0) as running,
                coalesce(sum(held), 0) as held, coalesce(sum(dead), 0) as dead, max(oldest) as oldest
            from queue_depth
        ) as q
        cross join (
            select coalesce(sum(deliveries), 0) as in_an_hour,
                coalesce(sum(deliveries) filter (where at > now() - interval '6 minutes'), 0) as in_5_minutes
            from activity where step = 60 and at > (select now() - interval '61 minutes')
        ) as a
        """
}
