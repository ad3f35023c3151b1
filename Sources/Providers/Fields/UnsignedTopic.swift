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

extension Topic {
    /// Whether a body of Shopify's or WooCommerce's can be of this topic: that of a deletion tells no more than what is gone,
    /// every other one tells more.
    /// - Parameter kind: what the body says it is; nil when it does not say.
    func fits(_ body: JSONObject, kind: Kind?) -> Bool {
        if let kind, !type.hasPrefix(kind.rawValue + ".") { return false }
        if deletes { return body["id"] != nil && Self.signsOfLife.allSatisfy { body[$0] ?? .null == .null } }
        return body.members.contains { $0.key != "id" && $0.key != "admin_graphql_api_id" && $0.value.saysSomething }
    }

    /// What the bodies of things that are there have, this or that. Shopify's of a deleted customer has a few other members,
    /// without a value.
    private static let signsOfLife = [
        "updated_at", "date_modified_gmt", "date_created_gmt", "title", "name", "email", "status", "line_items",
    ]
}

extension JSONValue {
    fileprivate var saysSomething: Bool {
        switch self {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        default: true
        }
    }
}

extension Event {
    /// An event of that topic: `unrecognized` without one, and where the body contradicts it.
    init(_ topic: UnsignedTopic, by provider: String, key: DedupeKey) {
        self.init(
            provider: provider, providerType: topic.name ?? Event.unrecognized, type: topic.type, dedupeKey: key)
    }
}
