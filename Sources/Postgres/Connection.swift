internal import CPostgres

/// One session with a Postgres server, over libpq. Blocking, and confined to one thread: libpq allows no two threads on
/// a connection, hence it is not Sendable. Every call but
/// ``init(conninfo:applicationName:settings:connectTimeout:queryDeadline:)`` and ``reset()`` can be given a deadline
/// that holds even when the server or the network is frozen.
public final class Connection {
    /// How long a statement may take, seen from here; nil waits without limit. Each call can set its own. After it the
    /// connection is closed, as the answer may still arrive, and the server is asked to end the statement; it may
    /// continue, so set `statement_timeout` as well.
    public var queryDeadline: Duration?

    /// Whether a statement is ended by closing the session only, neither by a cancel request nor by `statement_timeout`: the
    /// database says so (`hookledger.end_by`), because it passes the end of a statement on to other servers, and waits for them. It
    /// notices the end of the session itself (`client_connection_check_interval`).
    public internal(set) var endsByClosing = false

    let options: ConnectionOptions
    let notices = NoticeReceiver()
    /// nil once closed.
    var handle: OpaquePointer?
    /// The SQL of all prepared statements, and which of them this session knows.
    var statements: [String: String] = [:]
    var prepared: Set<String> = []
    var keptPlans = KeptPlans()

    /// Connects.
    ///
    /// - Parameters:
    ///   - conninfo: as libpq reads it, `key=value` or URI; several hosts, and several addresses of a name, are tried in
    ///     order, and standbys are skipped unless it names other `target_session_attrs`. Names without `=` are refused.
    ///   - applicationName: what `pg_stat_activity` shows, unless the conninfo names another.
    ///   - settings: server settings of the session (`statement_timeout`, `search_path` …); they win over `options` in
    ///     the conninfo. A pooler in between drops them: it is refused (`pooledSession`).
    ///   - connectTimeout: for each host, at least 2 s (libpq's minimum), unless the conninfo names another. Looking
    ///     up a host name is not bounded by it.
    ///   - queryDeadline: see ``queryDeadline``.
    /// - Throws: ``PostgresError``; `connectionLost` when trying again later may help.
    public init(
        conninfo: String, applicationName: String, settings: [(name: String, value: String)] = [],
        connectTimeout: Duration = .seconds(3), queryDeadline: Duration? = nil
    ) throws(PostgresError) {
        options = try ConnectionOptions(
            conninfo: conninfo, applicationName: applicationName, settings: settings, connectTimeout: connectTimeout)
        self.queryDeadline = queryDeadline
        try open()
    }

    deinit { close() }

    /// Receives the server's messages other than errors (NOTICE, WARNING); runs on the connection's thread, during a
    /// call. The default, nil, drops it.
    public var noticeHandler: ((Notice) -> Void)? {
        get { notices.handler }
        set { notices.handler = newValue }
    }

    /// Whether the session is open as far as this side can tell without waiting: a session that the server has ended
    /// meanwhile is noticed.
    public var isUsable: Bool {
        guard let handle else { return false }
        // Twice: the server's last words are read first, the end of the stream after them.
        for _ in 0..<4 where PQstatus(handle) == CONNECTION_OK && Wait.readable(PQsocket(handle)) {
            if PQconsumeInput(handle) == 0 { break }
            _ = PQisBusy(handle)
        }
        if PQstatus(handle) == CONNECTION_OK { return true }
        close()
        return false
    }

    /// Whether a transaction is open, failed ones included.
    public var isInTransaction: Bool {
        guard let handle else { return false }
        return [PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE].contains(PQtransactionStatus(handle))
    }

    /// The process id of the server's backend; nil when closed.
    public var backendPID: Int32? { handle.map { PQbackendPID($0) } }

    /// The server's version, for instance 150014 for 15.14; nil when closed.
    public var serverVersion: Int? { handle.map { Int(PQserverVersion($0)) } }

    /// Ends the session, if it is open, and connects again with the same options. Settings and advisory locks of the
    /// old session are gone; prepared statements are prepared again when they are next used.
    public func reset() throws(PostgresError) {
        close()
        try open()
    }

    /// Ends the session. Every later call but ``reset()`` throws an error with `connectionLost`.
    public func close() {
        prepared = []
        keptPlans = KeptPlans()
        guard let handle else { return }
        self.handle = nil
        PQfinish(handle)
    }

    private func open() throws(PostgresError) {
        guard let handle = options.connect() else { throw PostgresError(message: "out of memory") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
            PQfinish(handle)
            throw .connecting(text)
        }
        // Sending must not block either, or a deadline would not hold for a large parameter.
        PQsetnonblocking(handle, 1)
        notices.attach(to: handle)
        self.handle = handle
        do throws(PostgresError) {
            try requireOwnSession()
        } catch {
            close()
            throw error
        }
    }
}
