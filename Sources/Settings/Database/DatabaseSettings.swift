/// The connections of the programs to Postgres.
public struct DatabaseSettings: Sendable {
    /// The database roles that a part can connect as (`hookledger_ingest` …).
    public enum Role: String, Sendable, CaseIterable {
        /// Owns the schema; migrations.
        case owner
        /// The responder's pool for webhooks.
        case ingest
        /// The responder's pool for the REST API.
        case api
        /// The batch processor.
        case batch
        /// People at the command line.
        case `operator`
        /// Reports: views only.
        case reader

        /// Who connects as it.
        var meaning: String {
            switch self {
            case .owner: "migrations, as the owner of the schema"
            case .ingest: "the responder's pool for webhooks"
            case .api: "the responder's pool for the REST API"
            case .batch: "the batch processor"
            case .operator: "people at the command line"
            case .reader:
                "reports, which read views only; with `target_session_attrs=prefer-standby` the REST API reads there, too"
            }
        }
    }

    let common: ConnectionInfo
    let roles: [Role: ConnectionInfo]

    /// The connection of a role: its own, or the common one, as that role when it names no user. So each program has
    /// only the rights that it needs, without any configuration.
    public func connection(for role: Role) -> ConnectionInfo {
        roles[role] ?? (role == .owner ? common : common.loggingIn(as: "hookledger_\(role.rawValue)"))
    }

    /// Where the REST API reads: the hosts of the reader, if its connection asks for a standby; nil for the primary.
    public var apiReading: ConnectionInfo? {
        guard let reader = roles[.reader], reader.asksForStandby else { return nil }
        return reader.at(connection(for: .api), as: "hookledger_api")
    }
}
