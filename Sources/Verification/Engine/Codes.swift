import Crypto

/// The key that checks a signature.
enum Key: Sendable {
    /// The key of an HMAC, or a shared secret itself.
    case secret(SecretBytes)
    /// The sender's public key.
    case publicKey(PublicKey)
}

extension Scheme.Algorithm {
    /// The lengths that a signature can have, in bytes.
    var lengths: ClosedRange<Int> {
        switch self {
        case .hmac(let digest): digest.byteCount...digest.byteCount
        case .publicKey(.ed25519), .publicKey(.ecdsaP256SHA256): 64...64
        // Two integers of the curve's size in DER: P-256 to P-521.
        case .publicKey(.ecdsaSHA1), .publicKey(.ecdsaSHA256): 8...141
        // Of the modulus' length: 2048 to 16384 bits.
        case .publicKey(.rsaSHA1), .publicKey(.rsaSHA256), .publicKey(.rsaPSSSHA512): 256...2048
        case .sharedSecret: 1...4096
        }
    }

    /// The most signatures of one delivery that are checked: one check with a public key costs as much as a hundred
    /// HMACs, and no sender has that many keys.
    var most: Int {
        if case .publicKey = self { 16 } else { .max }
    }

    /// Whether the key made one of the message's signatures. Comparisons with values derived from a secret take
    /// constant time.
    func verifies(_ signatures: [[UInt8]], _ message: [[UInt8]], key: Key) -> Bool {
        switch (self, key) {
        case (.hmac(let digest), .secret(let secret)):
            let code = HMAC.authenticationCode(digest, key: secret, parts: message)
            return signatures.reduce(false) { constantTimeEquals(code, $1) || $0 }
        case (.publicKey(let algorithm), .publicKey(let publicKey)):
            return signatures.contains { publicKey.isValid($0, algorithm, parts: message) }
        case (.sharedSecret, .secret(let secret)):
            // Digests have one length, so that the time does not reveal the secret's.
            let expected = Digest.sha256.hash(parts: message + [secret.reveal()])
            return signatures.reduce(false) { constantTimeEquals(expected, Digest.sha256.hash($1)) || $0 }
        default: return false
        }
    }
}

extension SignatureEncoding {
    /// The bytes of a signature; nil when the text is not of this encoding.
    func decode(_ text: Substring) -> [UInt8]? {
        switch self {
        case .hex: Hex.decode(text)
        case .base64: Base64.decode(String(text))
        case .base64URL: Base64.decode(String(text), alphabet: .url, padding: .optional)
        case .utf8: Array(text.utf8)
        }
    }

    /// A signature as text.
    func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hex: Hex.encode(bytes)
        case .base64: Base64.encode(bytes)
        case .base64URL: Base64.encode(bytes, alphabet: .url, padded: false)
        case .utf8: String(decoding: bytes, as: UTF8.self)
        }
    }

    var expectation: String {
        switch self {
        case .hex: "hexadecimal digits"
        case .base64: "base64"
        case .base64URL: "base64 for URLs"
        case .utf8: "text"
        }
    }
}
