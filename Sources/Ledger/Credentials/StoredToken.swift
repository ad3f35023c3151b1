public import Crypto
public import Postgres
public import Settings

/// An access token for one shop.
public struct StoredToken: Sendable {
    /// The source.
    public let source: String
    /// `credentials.account`
    public let account: String
    /// The shop, as events name it; nil for a token of an account or of an action.
    public let shop: String?
    /// The token.
    public let accessToken: SecretBytes
    /// TikTok Shop's `shop_cipher`.
    public let cipher: SecretBytes?
    /// The shop's currency.
    public let currency: String?
    /// The version of the token: a refusal of an earlier one changes nothing.
    public let version: Int64

    /// The token for a shop, or why there is none.
    public enum Lookup: Sendable {
        /// There is one.
        case found(StoredToken)
        /// There is none; the reason in words that hold no secret.
        case absent(String)
    }

    /// Looks a token up.
    /// - Parameters:
    ///   - shop: the shop that the event names; empty or nil for the only one.
    ///   - keys: the places of this host's keys.
    ///   - isNoted: whether a token that this host's key does not open is marked, so that its jobs are held: by the batch
    ///     processor. A person's host may have no key.
    ///   - connection: of the batch processor's or the operator's role.
    public static func find(
        source: String, shop: String?, keys: KeySettings, isNoted: Bool = true, on connection: Connection
    ) throws(PostgresError) -> Lookup {
        guard let row = try connection.query(TokenSQL.find, [.text(source), .text(shop)]).first else {
            return .absent("no shop \(shop ?? "") of \(source) has authorized the app (hookledger authorize)")
        }
        return try open(row, of: source, keys, isNoted: isNoted, on: connection)
    }

    /// Looks up the token of an authorization that has no shops.
    /// - Parameters:
    ///   - account: whose it is; nil for the only one.
    ///   - keys: the places of this host's keys.
    ///   - connection: of the batch processor's or the operator's role.
    public static func find(
        source: String, account: String?, keys: KeySettings, on connection: Connection
    ) throws(PostgresError) -> Lookup {
        guard let row = try connection.query(TokenSQL.findAccount, [.text(source), .text(account)]).first else {
            return .absent("no account \(account ?? "") of \(source) has authorized the app (hookledger authorize)")
        }
        return try open(row, of: source, keys, isNoted: true, on: connection)
    }

    /// Looks up the token that a person stored for an action.
    /// - Parameters:
    ///   - keys: the places of this host's keys.
    ///   - isNoted: as for a shop's.
    ///   - connection: of the batch processor's or the operator's role.
    public static func find(
        source: String, action: String, keys: KeySettings, isNoted: Bool = true, on connection: Connection
    ) throws(PostgresError) -> Lookup {
        guard let row = try connection.query(TokenSQL.findStored, [.text(source), .text(action)]).first else {
            return .absent("no token is stored (hookledger credentials store \(source) \(action))")
        }
        return try open(row, of: source, keys, isNoted: isNoted, on: connection)
    }

    private static func open(
        _ row: Row, of source: String, _ keys: KeySettings, isNoted: Bool, on connection: Connection
    ) throws(PostgresError) -> Lookup {
        let state = try row.text("state")
        guard state == "valid" else {
            return .absent(
                "the token of \(source) is \(state)" + (try row.optionalText("reason").map { ": \($0)" } ?? ""))
        }
        let account = try row.text("account")
        let vault: TokenVault
        do throws(KeyFileProblem) {
            vault = try TokenVault(of: keys)
        } catch {
            if isNoted { try TokenStore.markUnreadable(source, account, "\(error)", on: connection) }
            return .absent("\(error)")
        }
        let shop = try row.optionalText("shop")
        let sealedCipher = try row.optionalBytes("cipher")
        let cipher = sealedCipher.flatMap { vault.open($0, source: source, place: shop ?? "", .cipher) }
        guard let token = vault.open(try row.bytes("access_token"), source: source, place: account, .accessToken),
            (sealedCipher == nil) == (cipher == nil)
        else {
            let reason = TokenStore.unreadable(vault, storedWith: try row.text("key_id"))
            if isNoted { try TokenStore.markUnreadable(source, account, reason, on: connection) }
            return .absent(reason)
        }
        return .found(
            StoredToken(
                source: source, account: account, shop: shop, accessToken: token, cipher: cipher,
                currency: try row.optionalText("currency"), version: try row.bigint("version")))
    }

    /// The shops of a source that have authorized the app, with or without a valid token.
    public static func shops(of source: String, on connection: Connection) throws(PostgresError) -> [String] {
        var shops: [String] = []
        for row in try connection.query(TokenSQL.shops, [.text(source)]) { shops.append(try row.text("shop")) }
        return shops
    }

    /// Whether there is a newer one.
    public func isReplaced(on connection: Connection) throws(PostgresError) -> Bool {
        try !connection.query(TokenSQL.isReplaced, [.text(source), .text(account), .bigint(version)]).isEmpty
    }

    /// Notes that the API refused it: it is refreshed, or a person must authorize again. Nothing happens if there is a newer
    /// token.
    /// - Parameter reason: the API's words, without secrets.
    public func refused(_ reason: String, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            TokenSQL.refuse, [.text(source), .text(account), .bigint(version), .text(String(reason.prefix(500)))])
    }
}
