/// The keys of the file itself.
enum FileKeys {
    static let environment = Key.choice(
        "environment", standard: DeploymentEnvironment.production, "The purpose of the host. Without it: `NODE_ENV`.")

    static let section = ConfigurationSection(
        "",
        [
            environment.key,
            ConfigurationKey(
                "database", "a connection string, \(FormText.secret), or a section",
                standard: "\"\(DatabaseReader.fallback)\"",
                "Postgres. Without it: `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER` and `DB_PASSWORD`."),
            ConfigurationKey(
                "sources", "names, each with a section", standard: "those of the guides' variables in .env.example",
                "The senders of webhooks."),
            ConfigurationKey("actions", "names, each with a section", "Work to do for events."),
            ConfigurationKey("rules", "a list of sections", "The events that lead to actions."),
            ConfigurationKey(
                "flags", "names, each \(FormText.boolean)",
                standard: Flags.ofGuides.map { "\($0.1): false" }.joined(separator: ", "),
                "Switches for rules. Without the three built-in ones: "
                    + Flags.ofGuides.map { "`\($0.0)`" }.joined(separator: ", ") + "."),
            ConfigurationKey("api", "a section", "The REST API."),
            ConfigurationKey(
                "spool", "a path; relative ones start at this file's folder",
                "The folder that keeps deliveries while Postgres is away, for sources with on_store_failure: spool."),
            ConfigurationKey("address_guard", "a section", "The private addresses that actions may reach."),
            ConfigurationKey("log", "a section", "The log."),
            ConfigurationKey("retention", "a section", "How long stored data is kept."),
            ConfigurationKey("responder", "a section", "The receiver of webhooks."),
            ConfigurationKey("batch", "a section", "Limits of the batch processor."),
            ConfigurationKey(
                "alerts", "a section",
                "Alerts in addition to dead letters, sent by the actions with alerts: true."),
            ConfigurationKey("keys", "a section", "The files with the keys of this installation."),
            ConfigurationKey("holds", "a section", "Jobs that wait for a decision."),
            ConfigurationKey("drift", "a section", "Changes in the shape of bodies."),
            ConfigurationKey("quarantine", "a section", "Refused deliveries that are kept whole."),
            ConfigurationKey(
                "telemetry", "a section", "Spans for OpenTelemetry (docs/telemetry.md). Without it none are made."),
            ConfigurationKey(
                "last_resort", "a section",
                "How `hookledger watch` notifies people if the batch processor does not run."),
        ])
}

/// The keys of `database:`.
enum DatabaseKeys {
    static let parts = [
        ConfigurationKey("host", "text", "The host, or the folder of the socket."),
        ConfigurationKey("port", "text", "The port."),
        ConfigurationKey("dbname", "text", "The name of the database."),
        ConfigurationKey(
            "user", "text", standard: "the role's own: hookledger_ingest and so on", "The role that connects."),
    ]
    static let connection =
        [
            ConfigurationKey(
                "conninfo", "a libpq connection string without a password",
                "In place of host, port, dbname and user; several hosts for failover."),
            ConfigurationKey("password", FormText.secret, "The password."),
        ] + parts
    static let section = ConfigurationSection(
        "database",
        connection + [
            ConfigurationKey(
                "roles", "a section",
                "The connection of each role. What an entry does not name is that of the connection above."),
            ConfigurationKey(
                "cells", "names, each a connection string, \(FormText.secret), or a section like database",
                "Where the connection above is a router: its cells, by the names of their databases."),
        ])
    static let roles = ConfigurationSection(
        "database.roles",
        DatabaseSettings.Role.allCases.map { role in
            ConfigurationKey(
                role.rawValue, "a connection string, \(FormText.secret), or a section like database",
                "The connection of \(role.meaning).")
        })
}

/// The keys of a rule.
enum RuleKeys {
    static let reconciled = Key.boolean(
        "reconciled", standard: true,
        "Whether it takes what a reconciliation found missing (`reconcile:` of the source).")
    static let section = ConfigurationSection(
        "rules",
        [
            ConfigurationKey(
                "name", "a name", standard: "one made of the condition, such as rule-3f9a1c",
                "Its identity. A rule with another name may repeat the effects of the old one in a replay."),
            ConfigurationKey(
                "when", "fields, each with a value, a list of values or tests", standard: "every event",
                "The conditions; all must hold. Again just before the action, on the record as it is then."),
            ConfigurationKey(
                "becomes", "fields of records, like when", "Conditions that the event must have made true."),
            ConfigurationKey(
                "changed", "a list of fields of records", "The event must have changed at least one of them."),
            ConfigurationKey("do", "a list of actions", "The actions to run. Required."),
            ConfigurationKey(
                "once", FormText.choice(Rule.Once.allCases.map(\.rawValue)),
                standard: "the action's own rule; every event for messages and POSTs", "How often its effects happen."),
            ConfigurationKey("flags", "a list of flags", "The rule is on while all of them are on."),
            reconciled.key,
        ])

    /// The tests of a field.
    static let tests = ConfigurationSection(
        "rules.when.FIELD",
        [
            ConfigurationKey("eq", "a value", "It equals the value."),
            ConfigurationKey("ne", "a value or a list", "It equals none of them."),
            ConfigurationKey("in", "a list of values", "It equals one of them."),
            ConfigurationKey("gt", "a number", "It is greater; numbers are compared as decimals."),
            ConfigurationKey("gte", "a number", "It is greater or equal."),
            ConfigurationKey("lt", "a number", "It is less."),
            ConfigurationKey("lte", "a number", "It is less or equal."),
            ConfigurationKey("prefix", "text", "It begins with the text."),
            ConfigurationKey("exists", FormText.boolean, "Whether the record has the field."),
        ])
}
