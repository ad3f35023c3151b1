import Crypto
import Settings

/// The key of the chain, and the codes that it makes.
struct ChainCode: Sendable {
    /// Names the key.
    let keyID: String
    private let key: SecretBytes

    init(_ file: KeyFile) { (keyID, key) = (file.id, file.key) }

    /// How many bytes a code has.
    static let length = Digest.sha256.byteCount

    /// The keyed hash of a row: of what never changes, then of its texts.
    func content(_ row: SealedRow) -> [UInt8] { code("fixed", row.fixed) + code("texts", row.texts) }

    /// The code of a link.
    /// - Parameter before: the code of the link before; empty for the first one.
    func mac(_ link: ChainLink, after before: [UInt8]) -> [UInt8] {
        code(
            "link",
            [
                Hex.encode(before), String(link.seq), String(link.at), link.kind.rawValue, String(link.ref),
                Hex.encode(link.content), link.note, keyID,
            ])
    }

    /// Each field with its length before it, so that no two lists of fields have one message.
    private func code(_ purpose: String, _ fields: [String?]) -> [UInt8] {
        let parts = fields.map { field in
            field.map { Array("\($0.utf8.count):\($0)".utf8) } ?? [UInt8(ascii: "-")]
        }
        return HMAC.authenticationCode(
            .sha256, key: key, parts: [Array("hookledger chain \(purpose)\u{0}".utf8)] + parts)
    }
}

/// A row as a link has it.
struct SealedRow: Sendable, Hashable {
    /// What never changes.
    let fixed: [String?]
    /// Texts, which a redaction may remove.
    let texts: [String?]

    /// Whether its texts are what a redaction leaves (redact_texts()): subject, reason, details.
    var isRedacted: Bool {
        texts.count == 3 && (texts[1] == nil || texts[1] == "[redacted]") && texts[2] == #"{"redacted": true}"#
    }
}

/// A link of the chain.
struct ChainLink: Sendable, Hashable {
    /// What a link stands for.
    enum Kind: String, Sendable {
        /// A row of `operator_log`.
        case deed
        /// The same row after its texts were removed.
        case redaction
        /// A row of `audits`.
        case audit
        /// The links up to ``ChainLink/ref`` may be deleted.
        case checkpoint
    }

    let seq: Int64
    /// When it was appended, in microseconds since 1970.
    let at: Int64
    let kind: Kind
    let ref: Int64
    let content: [UInt8]
    let note: String
}
