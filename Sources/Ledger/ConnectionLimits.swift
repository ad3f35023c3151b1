public import Postgres

/// The most sessions of each role, so that one program that goes wrong leaves slots for the others and for the
/// administrator.
public struct ConnectionLimits: Sendable {
    /// What a database is to the programs.
    public enum Place: Sendable {
        /// There is no other one.
        case onlyDatabase
        /// It sends what arrives to the cells.
        case router
        /// A router reads and writes there, beside the programs.
        case cell

        /// What a migrated database is.
        public init(of connection: Connection) throws(PostgresError) {
            if try SchemaFiles.Kind(of: connection) == .router {
                self = .router
            } else {
                self = try CellState.isCell(connection) ? .cell : .onlyDatabase
            }
        }
    }

    /// A role and its limit.
    public struct Limit: Sendable {
        /// Its name.
        public let role: String
        /// The most sessions.
        public let sessions: Int
    }

    /// Beside what the programs open as a rule: for restarts, sessions that hang, and a person.
    private static let reserve = 4
    /// The first committer, and the writers of refusals, of the quarantine, of handshakes and of counters.
    private static let ingest = 5
    /// A further committer: its session, and one before it that still hangs in its COMMIT.
    private static let committer = 2
    /// The threads that answer, and the writer of counters.
    private static let api = 5
    /// The jobs, the work beside them, and the import of the spool.
    private static let run = 3
    /// People, in psql or on the command line.
    private static let people = 12
    /// The sessions that one session at a router opens on each cell as hookledger_api: for rows, for the question whether the cell
    /// answers, and for the API's functions.
    private static let routed = 3

    /// Beside those of one database, as hookledger_ingest. At a router: the thread for batches that wait. At a cell: that one and both
    /// pools' counters ask whether it stores, and the API's counters have a session through PL/Proxy; a run that imports the spool has
    /// one, too.
    private static func watching(_ place: Place) -> Int {
        switch place {
        case .onlyDatabase: 0
        case .router: 1
        case .cell: 4
        }
    }

    /// The limits by role.
    public let limits: [Limit]

    /// The limits for a database.
    /// - Parameters:
    ///   - hosts: those that run responders or the batch processor.
    ///   - slots: the runs of the batch processor that may be active at the same time, of all hosts.
    ///   - committers: those of each host's responder, at least one.
    ///   - place: what the database is.
    public init(hosts: Int, slots: Int, committers: Int, place: Place = .onlyDatabase) {
        let isCell = place == .cell
        let ingest = Self.ingest + Self.committer * (committers - 1) + Self.watching(place)
        let api = isCell ? Self.routed * Self.api * hosts + Self.people : Self.api * hosts
        limits = [
            Limit(
                role: "hookledger_ingest", sessions: ingest * hosts + (isCell ? slots : 0) + Self.reserve),
            Limit(role: "hookledger_api", sessions: api + Self.reserve),
            // A run that finds no slot ends at once.
            Limit(role: "hookledger_batch", sessions: Self.run * slots + hosts + Self.reserve),
            Limit(role: "hookledger_operator", sessions: Self.people),
            Limit(role: "hookledger_reader", sessions: Self.people),
        ]
    }

    /// Sets them.
    /// - Parameter connection: of a role that may alter roles.
    public func apply(over connection: Connection) throws(PostgresError) {
        for limit in limits {
            try connection.execute("alter role \(limit.role) connection limit \(limit.sessions)")
        }
    }
}
