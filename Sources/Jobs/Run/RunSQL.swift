import Platform

/// The statements of a run beside its jobs: slots, destinations, facts of actions.
enum RunSQL {
    /// $1 names, $2 kinds, $3 whether a dead letter blocks, $4 whether doubt can be settled, $5 whether jobs are shared.
    static let writeActions = """
        with input as materialized (
            select * from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[], $5::boolean[], $6::text[])
                as t (action, kind, blocks, settles_doubt, is_shared, disabled_by)),
        gone as (delete from hookledger.action_states where action <> all ($1::text[]))
        insert into hookledger.action_states as s (action, kind, blocks, settles_doubt, is_shared, disabled_by)
        select action, kind, blocks, settles_doubt, is_shared, disabled_by from input order by action
        on conflict (action) do update set kind = excluded.kind, blocks = excluded.blocks,
                settles_doubt = excluded.settles_doubt, is_shared = excluded.is_shared,
                disabled_by = excluded.disabled_by, updated_at = now()
            where (s.kind, s.blocks, s.settles_doubt, s.is_shared, s.disabled_by) is distinct from (excluded.kind,
                excluded.blocks, excluded.settles_doubt, excluded.is_shared, excluded.disabled_by)
        """

    /// How many jobs are due.
    static let countDue = "select count(*) from hookledger.jobs where state = 0 and run_at <= now()"

    /// Ends the holds whose reason is over. The plans of the functions cost a millisecond, so an idle run does without it.
    static let releaseDecided = """
        select case when exists (select from hookledger.jobs where state = 3)
            then hookledger.release_decided() + hookledger.release_paused() else 0 end
        """

    /// The open destinations, with the milliseconds until a probe may go there.
    static let destinations = """
        select destination, openings, least(greatest(0, (extract(epoch from open_until - now()) * 1000)::bigint),\(Breakers.longestWait)) as ms_left
        from hookledger.destinations
        """

    /// How many runs are at work, in each row, and what is paused.
    static let surroundings = """
        select r.runs, p.kind, p.name
        from (select count(*)::int as runs from hookledger.run_slots where expires_at > now()) as r
        left join hookledger.pauses as p on p.until is null or p.until > now()
        """

    /// $1 destination, $2 milliseconds, $3 reason, $4 actions that go there, $5 whether it ends this run's probe, whose lease is
    /// in the same column.
    static let openDestination = """
        with opened as (
            insert into hookledger.destinations as d (destination, open_until, reason)
            values ($1, now() + $2::bigint * interval '1 ms', $3)
            on conflict (destination) do update set openings = d.openings + 1, reason = excluded.reason,
                open_until = case when $5::boolean then excluded.open_until
                    else greatest(d.open_until, excluded.open_until) end),
        waiting as materialized (
            select job_id from hookledger.jobs
            where state = 0 and action = any ($4::text[]) and run_at < now() + $2::bigint * interval '1 ms'
            order by job_id limit 5000 for update skip locked)
        update hookledger.jobs j
        set run_at = now() + $2::bigint * interval '1 ms' + random() * interval '2 s'
        from waiting w where j.job_id = w.job_id and j.state = 0
        """

    /// $1 destination.
    static let closeDestination = "delete from hookledger.destinations where destination = $1"

    /// $1 destination: the one probe.
    static let takeProbe = """
        update hookledger.destinations set open_until = now() + interval '\(Lease.seconds) seconds'
        where destination = $1 and (open_until <= now() + interval '50 ms'
                or open_until > now() + interval '1 ms' * (\(Breakers.longestWait) + 60000))
        returning destination
        """

    /// $1 how many slots there are, $2 holder.
    static let takeSlot = """
        with free as materialized (
            select slot from hookledger.run_slots
            where slot <= $1::int and (expires_at is null or expires_at <= now()
                -- Postgres' clock was ahead.
                or expires_at > now() + interval '\(Slots.seconds * 2) seconds'
                or \(Mutation.isOn("slot-of-the-living")))
            order by slot limit 1 for update skip locked)
        update hookledger.run_slots as s set holder = $2::text, token = nextval('hookledger.lease_tokens'),
            taken_at = now(), expires_at = now() + interval '\(Slots.seconds) seconds', is_waiting = false
        from free where s.slot = free.slot
        returning s.slot::int, s.token
        """

    /// $1 slot, $2 token.
    static let renewSlot = """
        update hookledger.run_slots set expires_at = now() + interval '\(Slots.seconds) seconds'
        where slot = $1::int and \(Mutation.isOn("slot-without-fence") ? "$2::bigint is not null" : "token = $2::bigint")
        """

    /// $1 slot, $2 token, $3 whether the run waits.
    static let announce = """
        update hookledger.run_slots set is_waiting = $3::boolean where slot = $1::int and token = $2::bigint
        """

    /// $1 slot, $2 token.
    static let releaseSlot = """
        update hookledger.run_slots set holder = null, token = null, taken_at = null, expires_at = null,
            is_waiting = false
        where slot = $1::int and token = $2::bigint
        """
}
