import Crypto
import Webhooks

/// A key that may have signed, with the name of its secret.
struct UsableKey {
    let id: String
    let key: Key
}

extension Scheme {
    /// The keys that are valid at `now`.
    /// - Throws: a refusal when there is none: the operator's fault, not the sender's.
    func usableKeys(of keyring: Keyring, now: Timestamp) throws(Refusal) -> [UsableKey] {
        var count = 0
        var keys: [UsableKey] = []
        for secrets in [keyring.secrets, publicKeys(among: keyring.credentials)] {
            for secret in secrets where secret.isValid(at: now) {
                count += 1
                for key in derivedKeys(of: secret) { keys.append(UsableKey(id: secret.keyID, key: key)) }
            }
        }
        guard !keys.isEmpty else {
            throw Refusal(.noUsableSecret, "none of the source's \(count) signing secrets is usable now")
        }
        return keys
    }

    /// The public keys among the credentials, which may be there because they are not secret.
    func publicKeys(among credentials: [String: SecretBytes]) -> [SigningSecret] {
        guard isOfPublicKeys else { return [] }
        return Keyring.publicKeyNames.compactMap { name in
            credentials[name].map { SigningSecret(keyID: name, secret: $0) }
        }
    }

    /// The keys in a secret, derived once.
    private func derivedKeys(of secret: SigningSecret) -> [Key] {
        secret.keys.keys(by: key, isPublic: isOfPublicKeys) { keys(from: secret.secret) }
    }

    private var isOfPublicKeys: Bool { if case .publicKey = algorithm { true } else { false } }

    /// The keys in a secret: one, or more if the derivation is ambiguous.
    /// - Returns: none if the secret is malformed, or the key is empty or blank: anybody could make an HMAC under a
    ///   guessable key.
    func keys(from secret: SecretBytes) -> [Key] {
        if isOfPublicKeys { return key.publicKey(from: secret).map { [.publicKey($0)] } ?? [] }
        return key.secretKeys(from: secret).map { .secret($0) }
    }
}

extension KeyDerivation {
    /// The keys of an HMAC in a secret.
    func secretKeys(from secret: SecretBytes) -> [SecretBytes] {
        switch self {
        case .utf8: return secret.isBlank ? [] : [secret]
        case .hex: return Self.key(Hex.decode(secret.text)).map { [$0] } ?? []
        case .base64(let prefix):
            let text = secret.text
            let bytes = LenientBase64.decode(text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...])
            return Self.key(bytes).map { [$0] } ?? []
        case .utf8OrBase64(let prefix):
            let decoded = KeyDerivation.base64(prefix: prefix).secretKeys(from: secret)
            // With the prefix it must be base64.
            return secret.text.hasPrefix(prefix) ? decoded : decoded + KeyDerivation.utf8.secretKeys(from: secret)
        case .ed25519, .pem: return []
        }
    }

    private static func key(_ bytes: [UInt8]?) -> SecretBytes? {
        guard var bytes, !bytes.isEmpty else { return nil }
        return SecretBytes(cleansing: &bytes)
    }

    /// The required form of a secret, for a message to the operator.
    var expectation: String {
        switch self {
        case .utf8: "text other than white space"
        case .base64(let prefix): "base64 (with \(prefix) before it or without)"
        case .utf8OrBase64(let prefix): "text (base64 after \(prefix))"
        case .hex: "hexadecimal digits"
        case .ed25519: "an Ed25519 public key (64 hexadecimal digits, whpk_ and base64, or PEM)"
        case .pem: "a public key or a certificate as PEM (RSA of 2048 bits or more, or elliptic curve)"
        }
    }
}

extension SecretBytes {
    var text: String { String(decoding: reveal(), as: UTF8.self) }
}
