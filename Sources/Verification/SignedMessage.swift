import Crypto

/// What the signature of a delivery covers: the same for every delivery that can be made of it, however its bytes are
/// shared out among URL, headers and body.
public struct SignedMessage: Sendable, Hashable {
    /// The SHA-256 of the signed bytes; for a batch, of such digests of its elements, sorted.
    public let digest: [UInt8]
    /// Whether the body is signed as the fields of a form, whatever its `Content-Type` says.
    public let isForm: Bool

    /// - Parameter digests: of the message, or of those of a batch.
    init(digests: Set<[UInt8]>, form: Scheme) {
        let sorted = digests.sorted { $0.lexicographicallyPrecedes($1) }
        digest = form.batch == nil ? sorted.first ?? [] : Digest.sha256.hash(parts: sorted)
        isForm = form.message.contains(.sortedFormFields)
    }
}
