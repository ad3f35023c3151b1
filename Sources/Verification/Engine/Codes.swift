import Crypto

extension Scheme.Algorithm {
    /// The length of a signature, in bytes.
    var length: Int {
        switch self {
        case .hmac(let digest): digest.byteCount
        }
    }

    /// The signature that a key makes of a message.
    func code(of message: [[UInt8]], key: SecretBytes) -> [UInt8] {
        switch self {
        case .hmac(let digest): HMAC.authenticationCode(digest, key: key, parts: message)
        }
    }
}

extension SignatureEncoding {
    /// The bytes of a signature; nil when the text is not of this encoding.
    func decode(_ text: Substring) -> [UInt8]? {
        switch self {
        case .hex: Hex.decode(String(text))
        case .base64: Base64.decode(String(text))
        case .base64URL: Base64.decode(String(text), alphabet: .url, padding: .optional)
        }
    }

    /// A signature as text.
    func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hex: Hex.encode(bytes)
        case .base64: Base64.encode(bytes)
        case .base64URL: Base64.encode(bytes, alphabet: .url, padded: false)
        }
    }

    var expectation: String {
        switch self {
        case .hex: "hexadecimal digits"
        case .base64: "base64"
        case .base64URL: "base64 for URLs"
        }
    }
}
