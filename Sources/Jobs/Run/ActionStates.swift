import Postgres
import Settings

/// Writes which actions there are, and the facts about them that views and functions of the database read.
enum ActionStates {
    private static let write = """
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

    static func write(_ actions: [any Action], on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            write,
            [
                .texts(actions.map(\.name)), .texts(actions.map(\.kind.name)),
                .booleans(actions.map { $0.retryPolicy.afterDead == .block }),
                .booleans(actions.map { $0.kind.doubt == .settled }),
                .booleans(actions.map { $0.kind.sharing != nil }), .texts(actions.map(\.disabledBy)),
            ])
    }
}
