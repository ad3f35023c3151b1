import Postgres

/// Clocks that disagree, what waits for a person because of them, and actions with a mistake. Alerted whatever `alerts:`
/// says.
extension Causes {
    func hostCauses() throws(PostgresError) -> [Cause] { try wrongClocks() + heldUpkeep() + disabledActions() }

    private func disabledActions() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'disabled_action:' || action as topic,
                format('Action disabled: %s has a mistake, and its jobs are held until it is corrected: %s (hookledger '
                    || 'config check).', action, disabled_by) as text
            from hookledger.action_states where disabled_by is not null
            """, [])
    }

    /// A program whose clock was not Postgres' when it last reported.
    private func wrongClocks() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'clock:' || is_batch as topic,
                format('Clocks differ: %s says %s UTC while Postgres says %s UTC. Set the wrong one: deliveries that are '
                    || 'refused for their time are answered 503 meanwhile, and nothing is deleted.',
                    case when is_batch then 'the batch processor' else 'the responder' end,
                    to_char(clock at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                    to_char(beat_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')) as text
            from hookledger.heartbeats
            where clock not between beat_at - interval '1 minute' and beat_at + interval '1 minute'
            """, [])
    }

    /// After a restart of the host the responder's last report is old for a moment: that is no news.
    private func heldUpkeep() throws(PostgresError) -> [Cause] {
        try causes(
            """
            select 'held_upkeep:' || task as topic,
                format('Nothing was deleted: %s. Look with hookledger retention --dry-run and confirm with hookledger '
                    || 'retention --run.', held) as text
            from hookledger.upkeep where held is not null and held_since < now() - interval '10 minutes'
            """, [])
    }
}
