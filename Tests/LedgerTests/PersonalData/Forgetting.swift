import Crypto
import Ledger
import Postgres
import Settings

/// A redaction from its first step to its last.
enum Forgetting {
    /// A key for the person index.
    static let key = PersonKey(KeyFile(SecretBytes(Array(repeating: 7, count: 32))))

    /// - Returns: how the search went.
    @discardableResult static func forget(
        _ person: Person, key: PersonKey? = nil, on connection: Connection
    ) throws -> SearchReport {
        var redaction = Redaction(of: person, for: PersonRequest(actor: "test", reason: "a test"), key: key)
        while !redaction.isReady {
            redaction = try connection.transaction { [redaction] () throws(PostgresError) in
                var next = redaction
                try next.step(on: connection)
                return next
            }
        }
        _ = try connection.transaction { [redaction] () throws(PostgresError) in try redaction.finish(on: connection) }
        return redaction.report
    }

    /// What a redaction would touch.
    static func plan(_ person: Person, key: PersonKey? = nil, on connection: Connection) throws -> PersonPlan {
        var redaction = Redaction(of: person, for: PersonRequest(actor: "test", reason: "a test"), key: key)
        while !redaction.isLookedThrough {
            redaction = try connection.transaction { [redaction] () throws(PostgresError) in
                var next = redaction
                try next.look(on: connection)
                return next
            }
        }
        return redaction.plan
    }
}
