public import Crypto
public import Settings

/// Seals and opens what `credentials` and `credential_shops` keep. The key is a file of this host, the same on every host.
public struct TokenVault: Sendable {
    /// A sealed column. Its name is authenticated, so that a value cannot be moved into another one.
    public enum Column: String, Sendable {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case cipher
    }

    /// The id of its key: `credentials.key_id`.
    public var keyID: String { key.id }
    private let key: KeyFile

    /// A vault with that key.
    public init(_ key: KeyFile) { self.key = key }

    /// The vault of this host.
    /// - Throws: what is wrong with the key's file.
    public init(of keys: KeySettings) throws(KeyFileProblem) { try self.init(KeyFile.load(keys.tokens)) }

    /// - Parameter place: the account of a token, the shop of a cipher.
    public func seal(_ secret: SecretBytes, source: String, place: String, _ column: Column) -> [UInt8] {
        AES256GCM.seal(secret, key: key.key, associated: Self.associated(source, place, column))
    }

    /// - Returns: nil if it was sealed with another key, for another place, or was changed.
    public func open(_ box: [UInt8], source: String, place: String, _ column: Column) -> SecretBytes? {
        AES256GCM.open(box, key: key.key, associated: Self.associated(source, place, column))
    }

    /// The subject of a line in `operator_log` about a stored token. The log is never redacted, so a person's account is named by
    /// a keyed hash.
    public func subject(source: String, account: String, kind: TokenKind) -> String {
        guard kind.accountsArePeople else { return "credential:\(source)/\(account)" }
        let bytes = Array("hookledger account 1:\(account)".utf8)
        return "credential:\(source)/"
            + Hex.encode(Array(HMAC.authenticationCode(.sha256, key: key.key, bytes).prefix(8)))
    }

    /// Each part with its length before it, so that no two places have the same bytes.
    private static func associated(_ source: String, _ place: String, _ column: Column) -> [UInt8] {
        ["hookledger credentials 1", source, place, column.rawValue].flatMap { part in
            let bytes = Array(part.utf8)
            return withLength(UInt32(bytes.count)) + bytes
        }
    }

    private static func withLength(_ count: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
    }
}
