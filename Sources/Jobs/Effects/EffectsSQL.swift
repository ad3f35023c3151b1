import Platform

/// The statements on effects.
enum EffectsSQL {
    /// $1 keys, $2 job ids, $3 tokens, $4 actions, $5 kinds, $6 event ids, $7 receive times, $8 order rows, $9 request hashes.
    ///
    /// Each job has a row `found` with the earlier state of its effect (null: none), if its claim holds it, and one of
    /// `begun` or `taken` if the effect is its own now. No part is joined with another: that would be quadratic in the
    /// batch where the planner expects few rows. After a restore, an effect that is new here may have happened: of a job that
    /// the dump has (`taken`), or of an event that was received again, and had another id before (`again`).
    static let begin = """
        with held as materialized (
            select i.* from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
                $7::timestamptz[], $8::bigint[], $9::bytea[])
                as i (key, job_id, token, action, kind, event_id, event_received_at, order_row, hash)
            where exists (select from hookledger.jobs j where j.job_id = i.job_id
                and \(Mutation.isOn("effect-without-fence") ? "true" : "j.lease_token = i.token") limit 1)),
        begun as (
            insert into hookledger.effects (effect_key, action, kind, state, job_id, event_id, event_received_at,
                order_row, request_hash)
            select key, action, kind, 'started', job_id, event_id, event_received_at, order_row, hash
            from held order by key
            on conflict (effect_key) do nothing
            returning job_id),
        taken as (
            update hookledger.effects e set job_id = h.job_id, started_at = now()
            from held h where e.effect_key = h.key and e.state = 'started' and (e.job_id = h.job_id
                or \(Mutation.isOn("effect-of-an-open-job") ? "true or" : "") not exists (
                    select from hookledger.jobs o where o.job_id = e.job_id and o.state in (0, 1)))
            returning e.job_id)
        select h.job_id, 'found' as what,
            (select e.state from hookledger.effects e where e.effect_key = h.key limit 1) as state
        from held h
        union all select b.job_id, case
                when not exists (select from hookledger.restores limit 1) or not hookledger.is_in_doubt(b.job_id) then 'begun'
                when (select j.in_doubt from hookledger.jobs j where j.job_id = b.job_id limit 1) then 'taken'
                else 'again' end, null
        from begun b
        union all select job_id, 'taken', null from taken
        """

    /// $1 job ids, $2 order rows, $3 keys, $4 the place of each key. A key may be that of another shop's order of the same
    /// id: the order of the effect decides.
    static let kept = """
        select distinct on (i.job_id) i.job_id, i.key
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[]) as i (job_id, order_row, key, place)
        join hookledger.effects e on e.effect_key = i.key
            and (e.order_row is null or e.order_row is not distinct from i.order_row)
        order by i.job_id, i.place
        """

    /// $1 job ids, $2 keys: the jobs whose effect has happened.
    static let done = """
        select i.job_id from unnest($1::bigint[], $2::text[]) as i (job_id, key)
        cross join lateral (
            select from hookledger.effects e where e.effect_key = i.key and e.state = 'done' limit 1) as e
        """

    /// $1 job ids, $2 order rows, $3 the status that the event must have set, empty for any. The newest events count, and few
    /// orders have more.
    static let eventsOfOrders = """
        select i.job_id, e.id, e.received_at
        from unnest($1::bigint[], $2::bigint[], $3::text[]) as i (job_id, order_row, status)
        cross join lateral (
            select e.id, e.received_at from hookledger.events e
            where e.order_row = i.order_row and (i.status = '' or i.status
                = case e.disposition when 'created' then e.changes ->> 'status' else e.changes -> 'status' ->> 1 end)
            order by e.id desc limit 200) as e
        order by i.job_id, e.id
        """
}
