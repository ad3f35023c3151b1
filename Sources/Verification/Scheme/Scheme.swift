public import Crypto

/// How one kind of sender signs its deliveries, as data: the signed parts, the algorithm, and the place of the
/// signature.
///
/// The same table verifies and signs. A preset is a constant of this type (folder `Schemes`), and a `custom` scheme of
/// a configuration file becomes one, too.
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
    /// The place of the signature.
    public var signature: SignatureLocation
    /// The place of the time of signing; nil if the scheme has none.
    public var timestamp: TimestampRule?
    /// The conditions beside the signature.
    public var demands: [Requirement] = []
    /// For a form of another scheme (see ``forms``): the conditions that distinguish it from the others.
    public var applies: [Requirement] = []
    /// Other forms of the same contract. The first whose ``applies`` hold decides alone, this scheme when none does:
    /// the stronger form comes first, so that a weaker code cannot replace a wrong stronger one.
    public var forms: [Scheme] = []
    /// For a body that is a batch: the path of the array whose elements are signed each on its own, so that all must
    /// verify. The paths of ``message`` and ``signature`` then begin at the element.
    public var batch: [String]?
    /// The demands on a signature whose sender says what is signed (RFC 9421); nil for other schemes.
    public var rule: SignatureRule?
    /// Whether the signature may be over the URL with its default port or without any (Twilio).
    public var portMayDiffer = false

    /// A scheme of those parts.
    public init(
        name: String, message: [MessagePart] = [.body], algorithm: Algorithm = .hmac(.sha256),
        key: KeyDerivation = .utf8, encoding: SignatureEncoding = .hex, signature: SignatureLocation,
        timestamp: TimestampRule? = nil, demands: [Requirement] = [], applies: [Requirement] = [],
        forms: [Scheme] = []
    ) {
        self.name = name
        self.message = message
        self.algorithm = algorithm
        self.key = key
        self.encoding = encoding
        self.signature = signature
        self.timestamp = timestamp
        self.demands = demands
        self.applies = applies
        self.forms = forms
    }

    /// How a signature is made.
    public enum Algorithm: Sendable, Hashable {
        /// HMAC (RFC 2104) with that digest.
        case hmac(Digest)
        /// With the sender's private key, checked with its public one.
        case publicKey(SignatureAlgorithm)
        /// No signature: the message and the secret themselves, one after the other (basic auth, API key). Proves who
        /// sent it, not that the body is theirs.
        case sharedSecret
    }

    /// The header names (in lower case) on which the verdict depends: those of the signature, of the time, and those
    /// that are signed or required. A delivery with one of them twice is ambiguous and is refused.
    public var securityHeaders: [String] {
        var names = signature.headerNames
        if case .header(let name) = timestamp?.place { names.append(name) }
        for case .header(let name) in message { names.append(name) }
        for requirements in [demands, applies] {
            for requirement in requirements { if case .header(let name) = requirement.field { names.append(name) } }
        }
        if let rule {
            names += rule.components.filter { !$0.hasPrefix("@") }
        }
        for form in forms { names += form.securityHeaders }
        // Few: a set would cost more than to compare them.
        var unique: [String] = []
        for name in names where !unique.contains(name) { unique.append(name) }
        return unique
    }

    /// The names of the headers that differ in each attempt of a sender: those of the signature and of its time.
    public var headersOfAttempt: [String] {
        var names = signature.headerNames
        if case .header(let name) = timestamp?.place { names.append(name) }
        for form in forms { names += form.headersOfAttempt }
        return names
    }

    /// The names of the static credentials that are part of the message, such as `app_key`.
    public var credentialNames: [String] {
        var names: [String] = []
        for case .credential(let name) in message + forms.flatMap(\.message) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// The names of credentials that a delivery is compared with when they are configured, such as `topic_arn`.
    public var advisedCredentialNames: [String] {
        var names: [String] = []
        for case .credential(let name) in (demands + forms.flatMap(\.demands)).map(\.test) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Whether the URL is signed, so that a proxy that rewrites it breaks the signature: see
    /// ``Keyring/notificationURL``.
    public var signsURL: Bool {
        ([self] + forms).contains { $0.message.contains(.url) || $0.message.contains(.signatureBase) }
    }
}

extension Scheme {
    /// Whether the body must be parsed, as JSON or as a form, to find the signed parts.
    public var readsBody: Bool {
        let parts = message.contains { part in
            switch part {
            case .sortedFormFields, .jsonField, .jsonLines: true
            default: false
            }
        }
        let fields = (demands + applies).contains { if case .jsonField = $0.field { true } else { false } }
        let place = if case .jsonField = signature.place { true } else { false }
        let time = if case .jsonField = timestamp?.place { true } else { false }
        return batch != nil || parts || fields || place || time || forms.contains(where: \.readsBody)
    }
}
