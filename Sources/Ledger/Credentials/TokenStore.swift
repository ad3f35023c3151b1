public import Crypto
public import Postgres
public import Settings
public import Webhooks

/// Keeps authorizations.
public enum TokenStore {
    /// A change that another change came before.
    public struct NotFound: Error {}

    /// Stores what a person has authorized, in place of an earlier authorization of the account. Shops that the account no
    /// longer has are removed, shops of another account become this one's.
    /// - Parameters:
    ///   - account: the account that gave the permission.
    ///   - obtainedBy: `code` or `client_credentials`.
    ///   - connection: of the operator's role, in a transaction.
    public static func store(
        _ grant: TokenGrant, shops: [TokenShop], source: String, account: String, kind: TokenKind, obtainedBy: String,
        vault: TokenVault, now: Timestamp, on connection: Connection
    ) throws(PostgresError) {
        let due = grant.refreshToken == nil && obtainedBy == "code" ? nil : grant.refreshDue(now: now)
        try store(grant, due: due, source, account, kind.rawValue, obtainedBy, vault, connection)
        _ = try connection.query(TokenSQL.dropPlaceholder, [.text(source)])
        _ = try connection.query(
            TokenSQL.storeShops,
            [
                .text(source), .text(account), .texts(shops.map(\.shop)), .texts(shops.map(\.name)),
                .texts(shops.map(\.region)), .texts(shops.map(\.currency)),
                .bytesArray(
                    shops.map { shop in
                        shop.cipher.map { vault.seal($0, source: source, place: shop.shop, .cipher) }
                    }),
            ])
    }

    /// Stores the token of an action that a person has, in place of an earlier one.
    /// - Parameters:
    ///   - expiresAt: when it ends; nil for never.
    ///   - connection: of the operator's role.
    public static func store(
        _ token: SecretBytes, source: String, action: String, provider: String, expiresAt: Timestamp?,
        vault: TokenVault, on connection: Connection
    ) throws(PostgresError) {
        // Nothing but a person can replace it, so its end is that of the permission.
        let grant = TokenGrant(accessToken: token, expiresAt: expiresAt, refreshExpiresAt: expiresAt)
        try store(grant, due: nil, source, action, provider, "stored", vault, connection)
    }

    private static func store(
        _ grant: TokenGrant, due: Timestamp?, _ source: String, _ account: String, _ kind: String, _ obtainedBy: String,
        _ vault: TokenVault, _ connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            TokenSQL.store,
            [
                .text(source), .text(account), .text(kind), .text(obtainedBy), .text(vault.keyID),
                .bytes(vault.seal(grant.accessToken, source: source, place: account, .accessToken)),
                .bytes(grant.refreshToken.map { vault.seal($0, source: source, place: account, .refreshToken) }),
                .timestamp(grant.expiresAt?.microseconds), .timestamp(grant.refreshExpiresAt?.microseconds),
                .timestamp(due?.microseconds),
            ])
    }

    /// A token that a configuration needs.
    public struct Expected: Sendable, Hashable {
        /// The source.
        public let source: String
        /// `credentials.kind`
        public let kind: String
        /// The action for which a person stores it; nil for that of the source's app.
        public let action: String?

        /// A token of those parts.
        public init(source: String, kind: String, action: String?) {
            self.source = source
            self.kind = kind
            self.action = action
        }
    }

    /// Says for each token that is not there yet that it is missing, so that people see it. What is no longer expected loses
    /// that note.
    public static func expect(_ tokens: [Expected], on connection: Connection) throws(PostgresError) {
        _ = try connection.query(TokenSQL.expect, parameters(tokens))
    }

    /// Those that are not there, and of which no batch processor has said so yet: ``expect(_:on:)`` writes it when it runs next.
    public static func unnoted(_ tokens: [Expected], on connection: Connection) throws(PostgresError) -> [Expected] {
        if tokens.isEmpty { return [] }
        return try connection.query(TokenSQL.unnoted, parameters(tokens)).map { row throws(PostgresError) in
            Expected(
                source: try row.text("source"), kind: try row.text("kind"), action: try row.optionalText("action"))
        }
    }

    private static func parameters(_ tokens: [Expected]) -> [Parameter] {
        [.texts(tokens.map(\.source)), .texts(tokens.map(\.kind)), .texts(tokens.map(\.action))]
    }

    /// Notes which rows this host's key does not open, and which it opens again.
    /// - Parameter keys: the places of this host's keys.
    public static func check(_ keys: KeySettings, on connection: Connection) throws(PostgresError) {
        let rows = try connection.query(TokenSQL.readable)
        if rows.isEmpty { return }
        let vault = Result { () throws(KeyFileProblem) in try TokenVault(of: keys) }
        for row in rows {
            let (source, account) = (try row.text("source"), try row.text("account"))
            let fault: String?
            switch vault {
            case .failure(let problem): fault = "\(problem)"
            case .success(let vault):
                let isOpen = vault.open(
                    try row.bytes("access_token"), source: source, place: account, .accessToken)
                fault = isOpen == nil ? unreadable(vault, storedWith: try row.text("key_id")) : nil
            }
            let isMarked = try row.text("state") == "unreadable"
            if let fault, !isMarked { try markUnreadable(source, account, fault, on: connection) }
            if fault == nil, isMarked {
                _ = try connection.query(TokenSQL.markReadable, [.text(source), .text(account)])
            }
        }
    }

    /// Marks the permissions as revoked that shops and accounts revoked by verified events after the authorization.
    /// - Returns: the sources and accounts concerned.
    public static func heedRemovals(on connection: Connection) throws(PostgresError) -> [(
        source: String, account: String
    )] {
        var removed: [(String, String)] = []
        for row in try connection.query(TokenSQL.heedRemovals) {
            removed.append((try row.text("source"), try row.text("account")))
        }
        return removed
    }

    /// Removes an authorization with its shops.
    /// - Parameter account: nil for all of the source.
    /// - Returns: how many were removed.
    public static func remove(
        source: String, account: String?, on connection: Connection
    ) throws(PostgresError) -> Int {
        try connection.query(TokenSQL.remove, [.text(source), .text(account)]).count
    }

    static func unreadable(_ vault: TokenVault, storedWith keyID: String) -> String {
        keyID == vault.keyID
            ? "it cannot be decrypted: the row was moved or changed (hookledger authorize, or credentials store)"
            : "it was encrypted with key \(keyID), and this host has \(vault.keyID): copy the right key, or run "
                + "hookledger credentials rekey, or authorize again"
    }

    static func markUnreadable(
        _ source: String, _ account: String, _ reason: String, on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(TokenSQL.markUnreadable, [.text(source), .text(account), .text(reason)])
    }
}
