public import JSON
public import Postgres

/// What is registered at the providers, as each said when it was last asked. Only a person's command asks them.
public enum RegisteredWebhooks {
    /// Puts what a provider says in the place of what it said before.
    /// - Parameters:
    ///   - webhooks: objects with `id`, `events`, `url` and `status`; never a secret.
    ///   - address: where its API is.
    public static func keep(
        _ webhooks: [JSONValue], of provider: String, at address: String, on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            LedgerSQL.keepRegistrations,
            [.text(provider), .text(address), .jsonb(JSONValue.array(webhooks).storableText)])
    }

    /// Each of them, by provider.
    public static func list(on connection: Connection) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(LedgerSQL.registrations)
    }
}
