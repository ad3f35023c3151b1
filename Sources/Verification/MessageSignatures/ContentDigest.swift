import Crypto
import Webhooks

/// The digest of a body in a header (RFC 9530, section 2): `Content-Digest: sha-256=:…:`.
enum ContentDigest {
    static let header = "content-digest"

    /// The digests that are known (RFC 9530, section 5); those of other names prove nothing and are ignored.
    private static let known: [(name: String, digest: Digest)] = [("sha-256", .sha256), ("sha-512", .sha512)]

    /// The header's value for a body.
    static func value(of body: [UInt8]) -> String { "sha-256=\(BareItem.bytes(Digest.sha256.hash(body)).text)" }

    /// Compares a body with every known digest of the header.
    /// - Throws: a refusal when one differs, or there is none.
    static func check(_ value: String, _ body: [UInt8]) throws(Refusal) {
        guard let dictionary = StructuredFieldReader.dictionary(value) else {
            throw Refusal(.malformedSignature, "the header \(header) is no dictionary of digests (RFC 9530)")
        }
        var isChecked = false
        for (name, digest) in known {
            guard let member = dictionary[name] else { continue }
            guard let bytes = member.bytes, bytes.count == digest.byteCount else {
                throw Refusal(.malformedSignature, "the \(name) in \(header) is not \(digest.byteCount) bytes")
            }
            guard bytes == digest.hash(body) else {
                throw Refusal(.noSecretMatched, "the body does not match the \(name) in \(header)")
            }
            isChecked = true
        }
        if !isChecked {
            throw Refusal(.malformedSignature, "\(header) has neither sha-256 nor sha-512")
        }
    }
}
