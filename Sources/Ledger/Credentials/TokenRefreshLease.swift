public import Crypto
public import Postgres
public import Webhooks

/// The right to refresh one token: one process has it at a time, across all hosts.
public struct TokenRefreshLease: Sendable {
    /// The source.
    public let source: String
    /// `credentials.account`
    public let account: String
    /// Whose token it is.
    public let kind: TokenKind
    /// What gets the next token; nil if the app's own secret does.
    public let refreshToken: SecretBytes?
    /// The version that is to be replaced: whoever comes later changes nothing.
    let version: Int64
    /// The failed attempts before this one.
    public let failures: Int
    /// Whether an earlier refresh was interrupted, so that its answer may be lost and the refresh token used up.
    public let followsInterruption: Bool

    /// How long it lasts; longer than a request may take.
    static let length: Int64 = 90_000_000

    /// Takes the lease of a token whose refresh is due.
    /// - Parameters:
    ///   - sources: those whose app is configured here.
    ///   - holder: host and process, for people.
    ///   - vault: of this host.
    ///   - connection: of the batch processor's or the operator's role.
    /// - Returns: nil if nothing is due, or others are at it.
    public static func take(
        sources: [String], holder: String, vault: TokenVault, on connection: Connection
    ) throws(PostgresError) -> TokenRefreshLease? {
        let rows = try connection.query(
            TokenSQL.takeRefresh, [.text(holder), .interval(length), .texts(sources), .text(vault.keyID)])
        guard let row = rows.first, let kind = TokenKind(rawValue: try row.text("kind")) else { return nil }
        let (source, account) = (try row.text("source"), try row.text("account"))
        let sealed = try row.optionalBytes("refresh_token")
        let token = sealed.flatMap { vault.open($0, source: source, place: account, .refreshToken) }
        if sealed != nil, token == nil {
            try TokenStore.markUnreadable(
                source, account, TokenStore.unreadable(vault, storedWith: vault.keyID), on: connection)
            return nil
        }
        return TokenRefreshLease(
            source: source, account: account, kind: kind, refreshToken: token, version: try row.bigint("version"),
            failures: try row.int("failures"), followsInterruption: try row.bool("was_interrupted"))
    }

    /// Stores the new tokens in place of the old ones, in one statement. The lease may have ended: whoever stores first,
    /// stores.
    /// - Returns: whether they were stored.
    public func commit(
        _ grant: TokenGrant, vault: TokenVault, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Bool {
        let rows = try connection.query(
            TokenSQL.commitRefresh,
            [
                .text(source), .text(account), .bigint(version), .text(vault.keyID),
                .bytes(vault.seal(grant.accessToken, source: source, place: account, .accessToken)),
                .bytes(grant.refreshToken.map { vault.seal($0, source: source, place: account, .refreshToken) }),
                .timestamp(grant.expiresAt?.microseconds), .timestamp(grant.refreshExpiresAt?.microseconds),
                .timestamp(grant.refreshDue(now: now)?.microseconds),
            ])
        return !rows.isEmpty
    }

    /// Notes that the server refused the refresh: a person must authorize again.
    /// - Parameter reason: its words, without secrets.
    public func refused(_ reason: String, on connection: Connection) throws(PostgresError) {
        let after = followsInterruption ? "; an earlier refresh was interrupted, and its answer is lost" : ""
        try end("revoked", "the refresh was refused: " + reason + after, on: connection)
    }

    /// Notes that the server did not answer: the refresh is tried again, after a back-off of at most ten minutes.
    public func failed(_ reason: String, on connection: Connection) throws(PostgresError) {
        try end(nil, "the refresh failed: " + reason, on: connection)
    }

    private func end(_ state: String?, _ reason: String, on connection: Connection) throws(PostgresError) {
        let wait = min(600, Int64(5) << Int64(min(failures, 7))) * 1_000_000
        _ = try connection.query(
            TokenSQL.endRefresh,
            [
                .text(source), .text(account), .bigint(version), .text(state), .text(String(reason.prefix(500))),
                .interval(wait),
            ])
    }
}
