public import Crypto

/// What stands in the place of a credential where a delivery waits to be verified again: a keyed hash of it. Whoever reads it
/// without the key cannot even try out passwords.
public struct CredentialHash: Sendable, Hashable {
    /// Names the key.
    public let keyID: String
    /// HMAC-SHA256.
    public let code: [UInt8]

    /// A hash that was kept.
    public init(keyID: String, code: [UInt8]) {
        self.keyID = keyID
        self.code = code
    }

    /// The hash of a credential as it was presented.
    public init(of credential: SecretBytes, by key: CredentialKey) {
        keyID = key.id
        code = key.code(of: credential.reveal(), as: "credential")
    }
}

/// The key of such hashes, which also authenticates what lies in the spool.
public struct CredentialKey: Sendable {
    /// Names the key in what was made with it; says nothing about it.
    public let id: String
    private let key: SecretBytes

    /// The key of that name.
    public init(id: String, key: SecretBytes) {
        self.id = id
        self.key = key
    }

    /// The code of a message of one purpose; the same bytes of another purpose have another.
    public func code(of message: [UInt8], as purpose: String) -> [UInt8] {
        HMAC.authenticationCode(.sha256, key: key, parts: [Array("hookledger \(purpose)\u{0}".utf8), message])
    }
}
