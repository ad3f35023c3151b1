/// How the bytes of a signature are written as text.
public enum SignatureEncoding: Sendable, Hashable {
    /// Hexadecimal digits; written in lower case.
    case hex
    /// Base64 with padding (RFC 4648 section 4).
    case base64
    /// Base64 in the alphabet for URLs (RFC 4648 section 5), with padding or without; written without.
    case base64URL
    /// As they are (API keys).
    case utf8
}
