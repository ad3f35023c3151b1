import Postgres

/// Tells the database which actions there are and which of them block, for the view `blocked_orders`.
enum ActionStates {
    private static let write = """
        with input as materialized (
            select * from unnest($1::text[], $2::text[], $3::boolean[]) as t (action, kind, blocks)),
        gone as (delete from hookledger.action_states where action <> all ($1::text[]))
        insert into hookledger.action_states as s (action, kind, blocks)
        select action, kind, blocks from input order by action
        on conflict (action) do update set kind = excluded.kind, blocks = excluded.blocks, updated_at = now()
            where (s.kind, s.blocks) is distinct from (excluded.kind, excluded.blocks)
        """

    static func write(_ actions: [any Action], on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            write,
            [
                .texts(actions.map(\.name)), .texts(actions.map(\.kind)),
                .booleans(actions.map { $0.retryPolicy.afterDead == .block }),
            ])
    }
}
