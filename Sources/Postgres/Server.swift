internal import CPostgres

/// The server that a connection reached.
public struct ConnectedServer: Sendable, Hashable {
    /// The role of a server among several with the same data.
    public enum Role: String, Sendable {
        /// It accepts writes.
        case primary
        /// It follows a primary and accepts no writes.
        case standby
    }

    /// The host as the conninfo names it, or the folder of its socket.
    public let host: String
    /// Its role at the last answer.
    public let role: Role
    /// The encoding of the database, such as `UTF8`.
    public let encoding: String

    /// A server by those facts.
    public init(host: String, role: Role, encoding: String) {
        self.host = host
        self.role = role
        self.encoding = encoding
    }
}

extension Connection {
    /// The server of this session, as it told when the session began and whenever that changed; nil once closed.
    public var server: ConnectedServer? {
        guard let handle else { return nil }
        let isStandby = PQparameterStatus(handle, "in_hot_standby").map { String(cString: $0) } == "on"
        return ConnectedServer(
            host: PQhost(handle).map { String(cString: $0) } ?? "", role: isStandby ? .standby : .primary,
            encoding: PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "")
    }

    /// Whether the settings of the session reached the server: a pooler drops them, and gives a session's statements to
    /// different backends.
    ///
    /// A COMMIT that returns must survive a crash, also where `synchronous_commit` is off for the server, the database or the
    /// role. The other values are synced here at least, so they stay: a setting of the session would replace them all.
    ///
    /// A database may have its statements ended by the end of their session only (``endsByClosing``).
    func requireOwnSession() throws(PostgresError) {
        let rows = try query(
            """
            select current_setting('\(ConnectionOptions.mark)', true),
                case current_setting('synchronous_commit')
                    when 'off' then set_config('synchronous_commit', 'on', false) end,
                case when current_setting('hookledger.end_by', true) = 'closing'
                    then set_config('statement_timeout', '0', false) end
            """, deadline: queryDeadline ?? .seconds(10))
        guard try rows.only().optionalText(0) == ConnectionOptions.markValue else { throw .pooled }
        endsByClosing = try rows.only().optionalText(2) != nil
    }
}

extension PostgresError {
    /// The session is not one of Postgres itself.
    public static let pooled = PostgresError(
        state: .pooledSession,
        message:
            "a pooler such as pgbouncer is between this program and Postgres: it drops the settings of the session "
            + "and shares backends, in which Hookledger keeps prepared statements and notifications; name Postgres itself "
            + "in the connection string", connectionLost: false)

    /// An error of libpq about a connection that failed.
    static func connecting(_ text: String) -> PostgresError {
        text.contains("unsupported startup parameter")
            ? .pooled : PostgresError(message: LogText.connectFailure(text), connectionLost: true)
    }
}
