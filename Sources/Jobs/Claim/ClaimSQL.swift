import Platform

/// The statements that give a worker its jobs and keep them its own.
enum ClaimSQL {
    /// The priorities that have ready jobs, by one index probe each.
    static let priorities = """
        with recursive found (priority) as (
            (select priority from hookledger.jobs where state = 0 order by priority limit 1)
            union all
            select (select j.priority from hookledger.jobs j where j.state = 0 and j.priority > f.priority
                    order by j.priority limit 1)
            from found f where f.priority is not null)
        select priority from found where priority is not null
        """

    /// $1 priority, $2 limit, $3 and $4 floor (run_at, job_id), $5 actions whose dead letters block, $6 lost reason,
    /// $7 actions that are left out, $8 the run's revision.
    ///
    /// The rows are chosen and locked in a materialized part of their own: in a sub-select of the UPDATE, LIMIT may be
    /// ignored. An earlier job of the same order and action that is ready, running or held keeps a job back in every
    /// snapshot, so a stale snapshot only delays; the row lock checks `state = 0` again, so two claims never share a
    /// row. A job that was lost with its worker twice runs alone: see `suspects`.
    static let claim = """
        with lease as materialized (select nextval('hookledger.lease_tokens') as token),
        chosen as materialized (
            select j.ctid as place from hookledger.jobs j
            where j.priority = $1::smallint and j.state = 0 and j.run_at <= now()
                and (j.run_at, j.job_id) > ($3::timestamptz, $4::bigint)
                and not (j.action = any ($7::text[]))
                and not (j.attempt >= 2 and j.last_error is not distinct from $6::text)
                and \(unblocked) and \(notHeld) and \(notNewer("$8"))
            order by j.run_at, j.job_id limit $2::int for update skip locked)
        update hookledger.jobs j set \(taken)
        from chosen, lease where j.ctid = chosen.place
        returning \(columns)
        """

    /// One job that was lost with its worker at least twice: perhaps what killed it. $1 lost reason, $2 actions whose
    /// dead letters block, $3 the run's revision.
    static let suspects = """
        with lease as materialized (select nextval('hookledger.lease_tokens') as token),
        chosen as materialized (
            select j.ctid as place from hookledger.jobs j
            where j.state = 0 and j.run_at <= now() and j.attempt >= 2 and j.last_error = $1::text
                and \(unblocked.replacing("$5", "$2")) and \(notHeld) and \(notNewer("$3"))
            order by j.run_at, j.job_id limit 1 for update skip locked)
        update hookledger.jobs j set \(taken)
        from chosen, lease where j.ctid = chosen.place
        returning \(columns)
        """

    /// $1 lost reason: whether such a job is due.
    static let hasSuspects = """
        select exists (select from hookledger.jobs
            where state = 0 and run_at <= now() and attempt >= 2 and last_error = $1::text)
        """

    /// $1 ids, $2 tokens: the lease is extended by a minute. Returns the ids that the worker still holds.
    static let beat = """
        update hookledger.jobs j set lease_until = now() + interval '\(Lease.seconds) seconds'
        from unnest($1::bigint[], $2::bigint[]) as i (job_id, token)
        where j.job_id = i.job_id and \(Mutation.isOn("beat-without-fence") ? "true" : "j.lease_token = i.token")
        returning j.job_id
        """

    /// A lease that ends later than one that begins now was written while Postgres' clock was ahead: it has ended.
    static let leaseIsOver = "(lease_until < now() or lease_until > now() + interval '\(Lease.seconds * 2) seconds')"

    /// Jobs whose times were written while Postgres' clock was ahead: they were made, or failed first, at a time that is
    /// still to come, or they wait for longer than any retry does ($1, in milliseconds), or behind one that does. What was
    /// made then waits as long as it was to wait, from now; the others are due at once.
    static let setBack = """
        with ahead as materialized (
            select job_id from hookledger.jobs j
            where state in (0, 2, 3) and (created_at > now() + interval '1 minute'
                or first_failed_at > now() + interval '1 minute'
                or state = 0 and run_at > now() + $1::bigint * interval '1 ms' and (attempt + uncounted > 0
                    or order_row is not null and exists (
                        select from hookledger.jobs e where e.order_row = j.order_row and e.action = j.action
                            and e.job_id < j.job_id and e.state = 0 and e.attempt + e.uncounted > 0
                            and e.run_at >= j.run_at)))
            order by job_id for update skip locked)
        update hookledger.jobs j set
            run_at = case when j.state <> 0 then j.run_at
                when j.created_at > now() and j.attempt + j.uncounted = 0
                then now() + greatest(j.run_at - j.created_at, interval '0') else now() end,
            created_at = least(j.created_at, now()), first_failed_at = least(j.first_failed_at, now())
        from ahead a where j.job_id = a.job_id
        """

    /// $1 limit, $2 lost reason: jobs whose worker let the lease end are ready again, or dead after their last attempt.
    /// They are found and locked in one part, and changed where they lie, as in `claim`: another look for leases that
    /// have ended would find all of them for each.
    static let rescue = """
        with lost as materialized (
            select ctid as place, least(lease_until, now()) as lease_until from hookledger.jobs
            where state = 1 and \(Mutation.isOn("rescue-of-the-living") ? "true" : leaseIsOver)
            order by lease_until limit $1::int for update skip locked),
        moved as (
            update hookledger.jobs j set
                state = case when \(Mutation.isOn("rescue-without-limit") ? "false" : "j.attempt >= j.max_attempts")
                    then 2 else 0 end,
                run_at = now() + make_interval(secs => 0.2 * random()),
                first_failed_at = coalesce(j.first_failed_at, now()),
                lease_token = null, lease_until = null, last_error = $2::text
            from lost where j.ctid = lost.place
            returning j.job_id, j.state, j as job, lost.lease_until as lease_ended),
        logged as materialized (
            select hookledger.write_attempts(array_agg(job),
                array_agg(case when state = 2 then 'dead' else 'lost' end), array_agg($2::text),
                p_started_at => array_agg(lease_ended - interval '\(Lease.seconds) seconds'))
            from moved)
        select job_id, state from moved, logged
        """

    // Of a job that stands for many events the next one waits until this one is over.
    private static let unblocked = """
        (\(Mutation.isOn("shared-jobs-run-together") ? "true" : "j.unique_key is null") or not exists (
            select from hookledger.jobs r where r.unique_key = j.unique_key and r.state = 1))
        and (\(Mutation.isOn("orders-jobs-run-together") ? "true" : "j.order_row is null") or (
            not exists (select from hookledger.jobs e where e.order_row = j.order_row and e.action = j.action
                and e.job_id < j.job_id and e.state in (0, 1, 3))
            and not (j.action = any ($5::text[]) and exists (
                select from hookledger.jobs e where e.order_row = j.order_row and e.action = j.action
                and e.job_id < j.job_id and e.state = 2))))
        """

    /// Nothing runs from a restored database that nobody has released.
    private static let notHeld = "not exists (select from hookledger.restores where released_at is null)"

    /// A job whose rule is of a newer configuration waits for a run that has read it; but not without limit, because the
    /// host with that run may be away.
    private static func notNewer(_ revision: String) -> String {
        let limit = Mutation.isOn("newer-jobs-are-claimed") ? "(\(revision)::int + 1000)" : "\(revision)::int"
        return "(j.revision is null or j.revision <= \(limit) or j.run_at < now() - interval '10 minutes')"
    }

    private static let taken = """
        state = 1, attempt = j.attempt + \(Mutation.isOn("attempt-not-counted-at-claim") ? "0" : "1"), lease_token = lease.token,
            lease_until = now() + interval '\(Lease.seconds) seconds'
        """

    /// What `Job.init` reads, in its order.
    private static let columns = """
        j.job_id, j.action, j.kind, j.rule, j.note, j.priority, j.attempt, j.max_attempts, j.uncounted,
            coalesce((extract(epoch from now() - j.first_failed_at) * 1000)::bigint, 0), j.run_at, j.order_row, j.event_id,
            j.event_received_at, j.lease_token, j.again, j.unique_key is not null, j.released_hold, j.revision
        """
}

extension String {
    fileprivate func replacing(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}

/// The lease of a claim.
package enum Lease {
    /// How long a claim holds without a beat.
    package static let seconds = 60
    /// Milliseconds between two beats: two may fail before the lease ends.
    static let beat: Int64 = 20_000
    /// A lease that was last renewed longer ago, in milliseconds of the worker's clock, may end during a call: the worker
    /// was stopped, or two beats have failed.
    static let freshness: Int64 = 40_000
    /// What `last_error` says of a job whose worker died.
    package static let lost = "lease expired (worker lost)"
}
