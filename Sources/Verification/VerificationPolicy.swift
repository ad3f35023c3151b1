/// A source's verification policy.
public enum VerificationPolicy: String, Sendable, CaseIterable {
    /// A valid signature.
    case required
    /// A delivery without any signature is accepted and marked unverified; a wrong signature is refused.
    case optional
    /// Nothing is checked; every delivery is accepted and marked unverified.
    case none
}
