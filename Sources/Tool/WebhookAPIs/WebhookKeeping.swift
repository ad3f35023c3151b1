import Actions
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// Stores the registrations, for the inspector page and psql.
///
/// The command works without a ledger: without a valid configuration nothing is stored.
struct WebhookKeeping {
    let provider: WebhookProvider
    /// The configuration, as a person named it.
    let config: String?

    /// Asks the provider for all registered webhooks, and stores them. An obstacle is reported and is not a failure.
    ///
    /// - Parameters: - listed: all that is registered, when it was asked for just now. - deed: what a person did before
    ///   that, for `operator_log`: `webhook.register` or `webhook.delete`, and the outcome; nil when they only
    ///   asked. It is also written where the list cannot be read, unless nothing was done.
    func keep(
        of api: any WebhookAPI, listed: [WebhookEntry]?, after deed: (action: String, results: WebhookResults)?
    ) {
        guard
            let settings = try? Settings.load(
                path: config, from: .system, kinds: ActionTable.kinds, now: SystemClock.now), settings.file != nil
        else {
            return
        }
        do {
            let list = Result { try (listed ?? api.list([])).map(Self.kept) }
            let connection = try Self.connect(Self.home(settings.database))
            try connection.transaction { () throws(PostgresError) in
                if let deed, !deed.results.entries.isEmpty {
                    try OperatorLog.write(
                        actor: Actor.name, action: deed.action, subject: "webhooks:\(provider.rawValue)", reason: nil,
                        details: Self.details(deed.results), on: connection)
                }
                if case .success(let webhooks) = list {
                    try RegisteredWebhooks.keep(
                        webhooks, of: provider.rawValue, at: RegisteredWebhooks.withoutSecrets(api.caller.base),
                        on: connection)
                }
            }
            _ = try list.get()
        } catch {
            StandardError.write("Not stored for the inspector page: \(error)")
        }
    }

    /// They belong to the installation, so several cells keep them where the configurations are.
    private static func home(_ settings: DatabaseSettings) throws(PostgresError) -> DatabaseSettings {
        guard !settings.cells.isEmpty else { return settings }
        let map = try CellMap(on: connect(settings))
        let name = map.cells.first { $0.slots.contains(SlotPlan.fixed) }?.name
        return name.flatMap { settings.cell(named: $0) } ?? settings
    }

    private static func connect(_ settings: DatabaseSettings) throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.connection(for: .operator).conninfo, applicationName: "hookledger",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(5))
    }

    /// Of what has failed the events or ids.
    private static func details(_ results: WebhookResults) -> JSONValue {
        var details = JSONObject()
        details["webhooks"] = .array(results.entries.map(kept))
        if !results.failures.isEmpty { details["failed"] = .array(results.failures.map { .string($0.name) }) }
        return .object(details)
    }

    private static func kept(_ entry: WebhookEntry) -> JSONValue {
        var entry = entry
        entry.url = entry.url.map(RegisteredWebhooks.withoutSecrets)
        return .object(entry.object)
    }
}
