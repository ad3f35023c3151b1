import Crypto

/// The signed content of a delivery: the same for every delivery with this signature, however its bytes are split among
/// URL, headers and body.
public struct SignedMessage: Sendable {
    /// The signed bytes in parts, of a batch those of each element.
    let messages: [[[UInt8]]]
    let isBatch: Bool
    /// Whether the body is signed as the fields of a form, whatever its `Content-Type` says.
    public let isForm: Bool

    init(_ messages: [[[UInt8]]], form: Scheme) {
        self.messages = messages
        isBatch = form.batch != nil
        isForm = form.message.contains(.sortedFormFields)
    }

    /// The SHA-256 of the signed bytes; for a batch, of such digests of its elements, sorted. Computed on demand: few
    /// providers need it.
    public var digest: [UInt8] {
        let sorted = digests.sorted { $0.lexicographicallyPrecedes($1) }
        return isBatch ? Digest.sha256.hash(parts: sorted) : sorted.first ?? []
    }

    /// Whether an element of the batch appears twice.
    var repeats: Bool { isBatch && Set(digests).count < messages.count }

    private var digests: [[UInt8]] { messages.map(Digest.sha256.hash(parts:)) }
}
