/// The statements on carts and their reminders.
enum CartsSQL {
    /// $1 receive time, $2 event id.
    static let shopOfEvent = """
        select coalesce(shop_key, '') from hookledger.events
        where received_at = $1::timestamptz and id = $2::bigint
        """

    /// $1 receive time, $2 event id: whether personal data was removed from the event.
    static let isForgotten = """
        select redacted_at is not null from hookledger.events
        where received_at = $1::timestamptz and id = $2::bigint
        """

    /// $1 effect key, $2 action, $3 kind, $4 job id, $5 event id, $6 receive time, $7 the key without a shop.
    static let keepReminder = """
        insert into hookledger.effects (effect_key, action, kind, state, job_id, event_id, event_received_at,
            finished_at)
        select $1, $2, $3, 'done', $4::bigint, $5::bigint, $6::timestamptz, now()
        where not exists (select from hookledger.effects where effect_key = $7)
        on conflict (effect_key) do nothing returning effect_key
        """

    /// $1 actions, $2 rule, $3 attempts, $4 event id, $5 receive time.
    static let makeReminders = """
        insert into hookledger.jobs (action, kind, rule, max_attempts, event_id, event_received_at)
        select a.action, s.kind, $2, a.attempts, $4::bigint, $5::timestamptz
        from unnest($1::text[], $3::smallint[]) as a (action, attempts)
        join hookledger.action_states s on s.action = a.action
        order by a.action
        """
}
