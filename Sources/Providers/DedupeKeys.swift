import Crypto
import Verification
import Webhooks

/// Dedupe keys are SHA-256 hashes, so that a long id fits into an index. The provider's name and the kind of key are
/// hashed, too, so that no id equals a body, or another contract's id.
extension DedupeKey {
    /// The key of an event with an id inside its signed body.
    static func id(_ id: String, of provider: String) -> DedupeKey { hash("id", Array(id.utf8), provider, window: nil) }

    /// The key of an event by its signed parts, however the signed bytes are split.
    static func signed(_ message: SignedMessage, of provider: String) -> DedupeKey {
        hash("signed", message.digest, provider, window: nil)
    }

    /// The key of an event by its body.
    /// - Parameter window: see `windowSeconds`.
    static func body(_ body: [UInt8], of provider: String, window: Int64? = nil) -> DedupeKey {
        hash("body", body, provider, window: window)
    }

    /// The key of an event by its body, which counts without limit when the body tells its own time, and else for
    /// `window` seconds: without a time, a later event may have the very same bytes.
    static func body(_ body: [UInt8], of provider: String, at time: Timestamp?, window: Int64) -> DedupeKey {
        .body(body, of: provider).within(window, at: time)
    }

    /// The same key, which counts for `window` seconds unless the body tells its own time.
    func within(_ window: Int64, at time: Timestamp?) -> DedupeKey {
        DedupeKey(bytes: bytes, windowSeconds: time == nil ? window : nil)
    }

    /// The key of an event whose body lacks the type: its unsigned topic is included, as far as the body confirms it.
    ///
    /// The first eight bytes, by which the ledger orders events of one moment, are the body's alone: so the same body
    /// under another topic is not later than itself, and other unsigned headers overwrite nothing.
    static func topic(
        _ topic: UnsignedTopic, _ body: [UInt8], of provider: String, window: Int64? = nil
    ) -> DedupeKey {
        .topic(named: topic.keyName, body, of: provider, window: window)
    }

    /// The same, for the name of an event in an unsigned header.
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
