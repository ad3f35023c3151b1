import Crypto
public import JSON
public import Postgres
public import Webhooks

/// The tokens of the REST API. A token is printed once, when it is created; only its SHA-256 is stored.
public enum APITokens {
    /// The scopes of a token.
    public enum Scope: String, Sendable, CaseIterable {
        /// See everything.
        case read
        /// Also replay events and dead letters.
        case replay
        /// Everything.
        case admin

        /// The scopes that this one includes.
        public var implied: Set<Scope> {
            switch self {
            case .read: [.read]
            case .replay: [.read, .replay]
            case .admin: [.read, .replay, .admin]
            }
        }
    }

    /// A valid token.
    public struct Found: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its scopes, including implied ones.
        public let scopes: Set<Scope>
        /// The time of its expiry; nil for never.
        public let expiresAt: Timestamp?
        /// The sources that it is limited to: data of others is invisible to it; nil for all.
        public let sources: [String]?
    }

    private static let prefix = "hl_"

    /// Makes a token.
    /// - Returns: the token, 256 random bits: it cannot be read again.
    /// - Parameter sources: those that it is limited to, at least one; nil for all.
    /// - Throws: ``PostgresError``; ``SQLState/uniqueViolation`` when a valid token of that name exists.
    public static func create(
        _ name: String, scopes: [Scope], sources: [String]? = nil, expires: Timestamp?, by actor: String,
        on connection: Connection
    ) throws(PostgresError) -> String {
        let token = prefix + Base64.encode(Random.bytes(32), alphabet: .url, padded: false)
        _ = try connection.query(
            LedgerSQL.createToken,
            [
                .text(name), .bytes(hash(token)), .texts(scopes.map(\.rawValue)), .text(actor),
                .timestamp(expires?.microseconds), .optionalTexts(sources),
            ])
        return token
    }

    /// The token, when it is valid. Needs no right on the table.
    public static func find(_ token: String, on connection: Connection) throws(PostgresError) -> Found? {
        let sql = """
            select name, array_to_string(scopes, ' ') as scopes, expires_at, sources
            from hookledger.find_token_2($1::bytea)
            """
        guard token.hasPrefix(prefix), let row = try connection.query(sql, [.bytes(hash(token))]).first else {
            return nil
        }
        let scopes = try row.text("scopes").split(separator: " ").compactMap { Scope(rawValue: String($0)) }
        return Found(
            name: try row.text("name"), scopes: scopes.reduce(into: []) { $0.formUnion($1.implied) },
            expiresAt: try row.optionalTimestamp("expires_at").map { Timestamp(microseconds: $0) },
            sources: try row.optionalText("sources").map(names))
    }

    /// The strings of a JSON array; none if it is something else, so that an unreadable value allows nothing.
    private static func names(_ json: String) -> [String] {
        (try? JSONValue(parsing: Array(json.utf8)))?.array?.compactMap(\.string) ?? []
    }

    /// All tokens, the newest first, without their hashes.
    public static func list(on connection: Connection) throws(PostgresError) -> [JSONObject] {
        try connection.jsonObjects(LedgerSQL.tokens)
    }

    /// Revokes the valid token of that name.
    /// - Returns: whether there was one.
    public static func revoke(_ name: String, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.query(
            LedgerSQL.revokeToken,
            [.text(name)]
        ).affected > 0
    }

    private static func hash(_ token: String) -> [UInt8] { Digest.sha256.hash(Array(token.utf8)) }
}
