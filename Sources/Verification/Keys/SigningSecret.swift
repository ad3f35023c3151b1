public import Crypto
public import Webhooks

/// One signing secret of a source. Several may be valid at a time, so that they can be changed without a gap.
public struct SigningSecret: Sendable {
    /// A name for it that logs and verdicts may show, such as `env:TIKTOK_APP_SECRET`; never the secret.
    public let keyID: String
    /// The secret as the provider shows it; wiped when the last copy goes.
    public let secret: SecretBytes
    /// The start of its validity; nil for always.
    public let validFrom: Timestamp?
    /// The time of its expiry; nil for never.
    public let validUntil: Timestamp?

    let keys = DerivedKeys()

    /// A secret with its name and validity window.
    public init(keyID: String, secret: SecretBytes, validFrom: Timestamp? = nil, validUntil: Timestamp? = nil) {
        self.keyID = keyID
        self.secret = secret
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// Whether it is valid at this moment.
    public func isValid(at now: Timestamp) -> Bool {
        validFrom.map { $0 <= now } ?? true && validUntil.map { now < $0 } ?? true
    }
}
