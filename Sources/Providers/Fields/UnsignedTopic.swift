import JSON
import Webhooks

/// The topic of a delivery of which only the body is signed. Whoever captured one delivery can send its body again under
/// any topic, so that a known one counts only where the body bears it out.
struct UnsignedTopic {
    /// The name that came; nil when none did.
    let name: String?
    /// What it means; nil when nobody knows, and when the body contradicts it.
    let known: Topic?
    /// The normalized type of the event.
    let type: String

    /// - Parameter isBorneOut: whether the body is one that the provider sends under that topic.
    init(
        _ name: String?, in topics: [String: Topic], of provider: String, _ body: JSONObject?,
        isBorneOut: (Topic, JSONObject) -> Bool
    ) {
        self.name = name
        let meant = name.flatMap { topics[$0] }
        known = meant.flatMap { meant in body.flatMap { isBorneOut(meant, $0) ? meant : nil } }
        type =
            known?.type ?? (meant == nil ? name.map { Vocabulary.foreign($0, of: provider) } : nil)
            ?? Event.unrecognized
    }
}

extension Event {
    /// An event of that topic: `unrecognized` without one, and where the body contradicts it.
    init(_ topic: UnsignedTopic, by provider: String, key: DedupeKey) {
        self.init(
            provider: provider, providerType: topic.name ?? Event.unrecognized, type: topic.type, dedupeKey: key)
    }
}
