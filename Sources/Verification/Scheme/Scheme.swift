public import Crypto

/// How one kind of sender signs its deliveries, as data: what is signed, with what, and where the signature stands.
///
/// The same table verifies and signs. A preset is a constant of this type (folder `Schemes`), and what a
/// configuration file describes as `custom` becomes one too.
public struct Scheme: Sendable, Hashable {
    /// The name that the verdict and the configuration use, such as `tiktok_shop`.
    public var name: String
    /// The bytes that are signed: these parts, one after the other.
    public var message: [MessagePart]
    /// How the signature is made.
    public var algorithm: Algorithm
    /// How the key comes out of the configured secret.
    public var key: KeyDerivation
    /// How the signature's bytes are written.
    public var encoding: SignatureEncoding
    /// Where the signature stands.
    public var signature: SignatureLocation
    /// Where the time of signing stands; nil when the scheme has none.
    public var timestamp: TimestampRule?

    /// A scheme of those parts.
    public init(
        name: String, message: [MessagePart] = [.body], algorithm: Algorithm = .hmac(.sha256),
        key: KeyDerivation = .utf8, encoding: SignatureEncoding = .hex, signature: SignatureLocation,
        timestamp: TimestampRule? = nil
    ) {
        self.name = name
        self.message = message
        self.algorithm = algorithm
        self.key = key
        self.encoding = encoding
        self.signature = signature
        self.timestamp = timestamp
    }

    /// How a signature is made.
    public enum Algorithm: Sendable, Hashable {
        /// HMAC (RFC 2104) with that digest.
        case hmac(Digest)
    }

    /// The header names (in lower case) on which the verdict depends: those of the signature, of the time, and those
    /// that are signed. One of them sent twice makes a delivery ambiguous, so that it is refused.
    public var securityHeaders: [String] {
        var names = signature.headerNames
        if case .header(let name) = timestamp?.place { names.append(name) }
        for case .header(let name) in message where !names.contains(name) { names.append(name) }
        return names
    }

    /// The names of the static credentials that are part of the message, such as `app_key`.
    public var credentialNames: [String] {
        message.compactMap { if case .credential(let name) = $0 { name } else { nil } }
    }
}
