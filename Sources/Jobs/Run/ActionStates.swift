import Postgres
import Settings

/// Writes which actions there are, and the facts about them that views and functions of the database read.
enum ActionStates {
    static func write(_ actions: [any Action], on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            RunSQL.writeActions,
            [
                .texts(actions.map(\.name)), .texts(actions.map(\.kind.name)),
                .booleans(actions.map { $0.retryPolicy.afterDead == .block }),
                .booleans(actions.map { $0.kind.doubt == .settled }),
                .booleans(actions.map { $0.kind.sharing != nil }), .texts(actions.map(\.disabledBy)),
            ])
    }
}
