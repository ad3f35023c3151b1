import Crypto
import Verification
import Webhooks

/// Dedupe keys are SHA-256 hashes, so that a long id is no trouble for an index; the provider's name and the kind
/// of key are hashed too, so that no id can be mistaken for a body, or for another contract's id.
extension DedupeKey {
    /// The key of an event with an id inside its signed body.
    static func id(_ id: String, of provider: String) -> DedupeKey { hash("id", Array(id.utf8), provider, window: nil) }

    /// The key of an event by what was signed of it: the same however the signed bytes are shared out.
    static func signed(_ message: SignedMessage, of provider: String) -> DedupeKey {
        hash("signed", message.digest, provider, window: nil)
    }

    /// The key of an event by its whole body.
    /// - Parameter window: see `windowSeconds`.
    static func body(_ body: [UInt8], of provider: String, window: Int64? = nil) -> DedupeKey {
        hash("body", body, provider, window: window)
    }

    /// The key of an event by its body, which counts without limit when the body tells its own time, and else for `window`
    /// seconds: without a time, a later event may have the very same bytes.
    static func body(_ body: [UInt8], of provider: String, at time: Timestamp?, window: Int64) -> DedupeKey {
        .body(body, of: provider, window: time == nil ? window : nil)
    }

    /// The key of an event whose body does not say what happened: its topic, which is not signed, counts too, as far as the
    /// body bears it out.
    ///
    /// The first eight bytes, by which the ledger orders events of one moment, are the body's alone: so the same body under
    /// another topic is not later than itself, and what its other unsigned headers say overwrites nothing.
    static func topic(
        _ topic: UnsignedTopic, _ body: [UInt8], of provider: String, window: Int64? = nil
    ) -> DedupeKey {
        .topic(named: topic.keyName, body, of: provider, window: window)
    }

    /// The same, for the name of an event that stands in an unsigned header.
    static func topic(named name: String, _ body: [UInt8], of provider: String, window: Int64?) -> DedupeKey {
        let own = Self.body(body, of: provider)
        let whole = hash("topic", Array("\(name)\u{0}".utf8) + own.bytes, provider, window: window)
        return DedupeKey(bytes: Array(own.bytes[..<8] + whole.bytes[8...]), windowSeconds: window)
    }

    private static func hash(_ kind: String, _ bytes: [UInt8], _ provider: String, window: Int64?) -> DedupeKey {
        DedupeKey(
            bytes: Digest.sha256.hash(parts: [Array("\(provider)\u{0}\(kind)\u{0}".utf8), bytes]),
            windowSeconds: window)
    }
}
