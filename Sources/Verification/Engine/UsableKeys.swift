import Crypto
import Webhooks

/// A key that may have signed, with the name of its secret.
struct UsableKey {
    let id: String
    let bytes: SecretBytes
}

extension Scheme {
    /// The keys that count at `now`.
    /// - Throws: a refusal when there is none: the operator's fault, not the sender's.
    func usableKeys(of keyring: Keyring, now: Timestamp) throws(Refusal) -> [UsableKey] {
        let keys = keyring.secrets.filter { $0.isValid(at: now) }.compactMap { secret in
            key.key(from: secret.secret).map { UsableKey(id: secret.keyID, bytes: $0) }
        }
        guard !keys.isEmpty else {
            throw Refusal(
                .noUsableSecret, "none of the source's \(keyring.secrets.count) signing secrets is usable now")
        }
        return keys
    }
}

extension KeyDerivation {
    /// The key in a secret.
    /// - Returns: nil when the secret is not of the form, or the key is empty: an HMAC under an empty key is one that
    ///   anybody can make.
    func key(from secret: SecretBytes) -> SecretBytes? {
        switch self {
        case .utf8: return secret.isEmpty ? nil : secret
        case .hex: return Self.key(Hex.decode(String(decoding: secret.reveal(), as: UTF8.self)))
        case .base64(let prefix):
            let text = String(decoding: secret.reveal(), as: UTF8.self)
            return Self.key(Self.lenientBase64(text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]))
        }
    }

    private static func key(_ bytes: [UInt8]?) -> SecretBytes? {
        guard var bytes, !bytes.isEmpty else { return nil }
        return SecretBytes(cleansing: &bytes)
    }

    /// Base64 as people copy it: padding may lack, and the bits behind the last byte may be set, as the libraries of
    /// Standard Webhooks take it. Nothing else is let through.
    private static func lenientBase64(_ text: Substring) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var characters = Array(text.utf8)
        while characters.last == UInt8(ascii: "=") { characters.removeLast() }
        let surplus = characters.count % 4
        guard surplus != 1, text.utf8.count - characters.count <= 2 else { return nil }
        if surplus > 0, let last = characters.last, let value = alphabet.firstIndex(of: last) {
            characters[characters.count - 1] = alphabet[value & (surplus == 2 ? 0b110000 : 0b111100)]
            characters += Array(repeating: UInt8(ascii: "="), count: 4 - surplus)
        }
        return Base64.decode(String(decoding: characters, as: UTF8.self))
    }

    /// What a secret must be, for a message to the operator.
    var expectation: String {
        switch self {
        case .utf8: "text"
        case .base64(let prefix): "base64 (with \(prefix) before it or without)"
        case .hex: "hexadecimal digits"
        }
    }
}
