/// The result of verification; stored with the event.
public struct Verdict: Sendable, Hashable {
    /// How much the proof is worth.
    public enum Strength: String, Sendable {
        /// A cryptographic signature over the raw body.
        case signature
        /// A static credential (basic auth, API key): proves who, not that the body is theirs.
        case credential
        /// Nothing was proven; only if the configuration allows it explicitly.
        case unverified
    }

    /// How much the proof is worth.
    public let strength: Strength
    /// The scheme that proved it, such as `tiktok_shop`; `none` when unverified.
    public let scheme: String
    /// The name of the source's signing secret that matched, never the secret.
    public let keyID: String?

    /// A verdict of that strength, scheme and key.
    public init(strength: Strength, scheme: String, keyID: String?) {
        self.strength = strength
        self.scheme = scheme
        self.keyID = keyID
    }

    /// Nothing was proven.
    public static let unverified = Verdict(strength: .unverified, scheme: "none", keyID: nil)
}

/// Why a delivery was not accepted. `reason` is for the operator; the sender learns no more than the answer's status.
public struct Refusal: Error, Sendable, Hashable {
    /// The kinds of refusal; the raw value is what logs, metrics and the table `refusals` hold.
    public enum Kind: String, Sendable, CaseIterable {
        /// No header (or body field) with a signature.
        case missingSignature = "missing_signature"
        /// The signature does not have the scheme's form.
        case malformedSignature = "malformed_signature"
        /// Well formed, but no signing secret of the source matches it.
        case noSecretMatched = "no_secret_matched"
        /// No timestamp where the scheme has one.
        case missingTimestamp = "missing_timestamp"
        /// A timestamp that is no number or no date.
        case malformedTimestamp = "malformed_timestamp"
        /// Older, or further ahead, than the tolerance allows.
        case outsideTolerance = "outside_tolerance"
        /// A security-relevant header was sent more than once.
        case repeatedHeader = "repeated_header"
        /// The source has no usable signing secret: the operator's fault, answered 503.
        case noUsableSecret = "no_usable_secret"
        /// The request matches no contract of the source.
        case noProviderMatched = "no_provider_matched"
        /// The body was shorter than announced.
        case truncatedBody = "truncated_body"
        /// The body is larger than the source's limit.
        case bodyTooLarge = "body_too_large"
        /// Refused because this peer was refused too often recently.
        case tooManyRefusals = "too_many_refusals"
        /// Verified, but not in the form that a guide requires; or with more parts than are parsed before verification.
        case invalidPayload = "invalid_payload"
        /// A method other than the hook's.
        case methodNotAllowed = "method_not_allowed"
        /// Verified, and Postgres failed to record it.
        case notRecorded = "not_recorded"
    }

    /// What kind of refusal.
    public let kind: Kind
    /// The details for fixing it, such as `timestamp is 312 s old, tolerance is 300 s`. Holds no secret and no
    /// expected signature.
    public let reason: String

    /// A refusal of that kind, with its reason.
    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
