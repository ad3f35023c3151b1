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
        let secrets = keyring.secrets.filter { $0.isValid(at: now) } + publicKeys(among: keyring.credentials)
        let keys = secrets.flatMap { secret in
            self.keys(from: secret.secret).map { UsableKey(id: secret.keyID, key: $0) }
        }
        guard !keys.isEmpty else {
            throw Refusal(
                .noUsableSecret, "none of the source's \(secrets.count) signing secrets is usable now")
        }
        return keys
    }

    /// The public keys among the credentials, which may be there because they are not secret.
    func publicKeys(among credentials: [String: SecretBytes]) -> [SigningSecret] {
        guard case .publicKey = algorithm else { return [] }
        return Keyring.publicKeyNames.compactMap { name in
            credentials[name].map { SigningSecret(keyID: name, secret: $0) }
        }
    }

    /// The keys in a secret: one, or more if the derivation is ambiguous.
    /// - Returns: none if the secret is malformed, or the key is empty or blank: anybody could make an HMAC under a
    ///   guessable key.
    func keys(from secret: SecretBytes) -> [Key] {
        if case .publicKey = algorithm {
            return key.publicKey(from: secret).map { [.publicKey($0)] } ?? []
        }
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

    /// Whether there is nothing but white space.
    var isBlank: Bool { reveal().allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}
