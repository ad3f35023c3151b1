public import JSON
public import Postgres

/// The webhooks registered at the providers, as of the last request. Only a person's command calls the providers.
public enum RegisteredWebhooks {
    /// Replaces a provider's registrations.
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

    /// A URL without query, fragment, user and password, where senders are given secrets.
    public static func withoutSecrets(_ url: String) -> String {
        var parts = url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2, let at = parts[2].lastIndex(of: "@") { parts[2] = parts[2][parts[2].index(after: at)...] }
        return parts.joined(separator: "/")
    }

    /// Each of them, by provider.
    public static func list(on connection: Connection) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(LedgerSQL.registrations)
    }
}
