import Webhooks

/// Verdicts in words, for people who look at a delivery.
enum VerdictWords {
    static func of(_ verdict: Verdict) -> String {
        let key = verdict.keyID.map { " with the secret \($0)" } ?? ""
        return switch (verdict.strength, verdict.scheme) {
        case (.signature, let scheme): "Signed\(key) by the scheme \(scheme): it came from the sender, unchanged."
        case (.credential, let scheme):
            "The credential of the scheme \(scheme) was right\(key): that proves who sent it, not that the body is theirs."
        case (.unverified, "replay"):
            "An operator replayed it with changes (\(verdict.keyID ?? "unknown")): nobody has signed this body."
        case (.unverified, _):
            "Nothing was proven: the configuration accepts deliveries of this source without a signature."
        }
    }

    /// For a refusal.
    static func of(_ kind: String, _ reason: String) -> String {
        (Refusal.Kind(rawValue: kind).map(words) ?? kind) + ": " + reason
    }

    private static func words(_ kind: Refusal.Kind) -> String {
        switch kind {
        case .missingSignature: "It has no signature"
        case .malformedSignature: "Its signature does not have the scheme's form"
        case .noSecretMatched: "None of the source's secrets matches its signature"
        case .missingTimestamp: "It has no timestamp"
        case .malformedTimestamp: "Its timestamp is not a time"
        case .outsideTolerance: "It was signed too long ago, or in the future"
        case .repeatedHeader: "A header of the signature was sent twice"
        case .noUsableSecret: "The source has no usable secret; an operator must set one"
        case .noProviderMatched: "It matches no contract of the source"
        case .truncatedBody: "Its body was shorter than announced"
        case .bodyTooLarge: "Its body is too large"
        case .tooManyRefusals: "Its sender was refused too often recently"
        case .invalidPayload: "It does not have the form that its guide requires"
        case .methodNotAllowed: "It was not a POST"
        case .notRecorded: "Postgres failed to record it"
        }
    }
}
