public import Crypto

/// The replacement of a credential in a delivery that will be verified again: a keyed hash. A reader without the key
/// cannot even try out passwords.
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

/// The key of such hashes, which also authenticates the spool's files.
public struct CredentialKey: Sendable {
    /// Names the key in the data made with it; reveals nothing about it.
    public let id: String
    private let key: SecretBytes

    /// The key of that name.
    public init(id: String, key: SecretBytes) {
        self.id = id
        self.key = key
    }

    /// The code of a message for one purpose; the same bytes for another purpose have another code.
    public func code(of message: [UInt8], as purpose: String) -> [UInt8] {
        HMAC.authenticationCode(.sha256, key: key, parts: [Array("hookledger \(purpose)\u{0}".utf8), message])
    }
}
