import Crypto

extension KeyDerivation {
    /// The public key in a secret.
    /// - Returns: nil when there is none.
    func publicKey(from secret: SecretBytes) -> PublicKey? {
        let text = secret.text
        if text.isPEM { return try? PublicKey(pem: text) }
        guard self == .ed25519, let bytes = Self.ed25519Bytes(text) else { return nil }
        if bytes.count == 32, text.hasPrefix(Self.privatePrefix) {
            return try? PrivateKey(ed25519Seed: SecretBytes(bytes)).publicKey()
        }
        return try? PublicKey(ed25519: Array(bytes.suffix(32)))
    }

    /// The private key in a secret, for senders and simulated senders.
    /// - Returns: nil when there is none.
    func privateKey(from secret: SecretBytes) -> PrivateKey? {
        let text = secret.text
        if text.isPEM { return try? PrivateKey(pem: text) }
        guard self == .ed25519, !text.hasPrefix(Self.publicPrefix), let bytes = Self.ed25519Bytes(text) else {
            return nil
        }
        return try? PrivateKey(ed25519Seed: SecretBytes(Array(bytes.prefix(32))))
    }

    private static let publicPrefix = "whpk_"
    private static let privatePrefix = "whsk_"

    /// 32 bytes, or 64: the seed and the public key.
    private static func ed25519Bytes(_ text: String) -> [UInt8]? {
        var rest = text[...]
        for prefix in [publicPrefix, privatePrefix] where text.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        // 64 hexadecimal digits are base64, too, of 48 bytes.
        let bytes = [Hex.decode(String(rest)), LenientBase64.decode(rest)].compactMap { $0 }
        return bytes.first { $0.count == 32 || $0.count == 64 }
    }
}

extension String {
    /// Whether it has the armour of RFC 7468.
    fileprivate var isPEM: Bool { contains("-----BEGIN ") }
}
