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

        /// Its name in Postgres.
        public var loginName: String { "hookledger_\(rawValue)" }

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

    /// One of several databases that hold whole shops.
    public struct Cell: Sendable {
        /// Its name, which is that of its database.
        public let name: String
        let connection: ConnectionInfo

        /// Whether a text can be the name of a cell: the errors of PL/Proxy and file names contain it.
        static func isName(_ text: String) -> Bool {
            !text.isEmpty && text.utf8.count <= 63
                && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        }
    }

    let common: ConnectionInfo
    let roles: [Role: ConnectionInfo]
    /// The cells, as written; none where one database has everything.
    public let cells: [Cell]
    /// The name of the cell whose settings these are; nil for those of the database itself.
    public let cellName: String?
    /// Of the settings of a cell: those of the router.
    private let router: [DatabaseSettings]

    init(common: ConnectionInfo, roles: [Role: ConnectionInfo], cells: [Cell] = []) {
        (self.common, self.roles, self.cells, cellName, router) = (common, roles, cells, nil, [])
    }

    private init(_ cell: Cell, of router: DatabaseSettings) {
        (common, roles, cells, cellName, self.router) = (cell.connection, [:], [], cell.name, [router])
    }

    /// The settings for one cell; nil if there is none of that name.
    public func cell(named name: String) -> DatabaseSettings? {
        cells.first { $0.name == name }.map { DatabaseSettings($0, of: self) }
    }

    /// Where deliveries come in, and where the installation keeps its configurations: the router, from a cell; otherwise
    /// this database.
    public var door: DatabaseSettings { router.first ?? self }

    /// The connection of a role: its own, or the common one, as that role when it names no user. So each program has
    /// only the rights that it needs, without any configuration.
    public func connection(for role: Role) -> ConnectionInfo {
        let connection = roles[role] ?? common
        return role == .owner ? connection : connection.loggingIn(as: role.loginName)
    }

    /// Where the REST API reads: the hosts of the reader, if its connection asks for a standby; nil for the primary.
    public var apiReading: ConnectionInfo? {
        guard let reader = roles[.reader], reader.asksForStandby else { return nil }
        return reader.at(connection(for: .api), as: "hookledger_api")
    }
}
