import JSON
import Webhooks

/// A provider's topics, and how its bodies show what they are.
struct TopicTable: Sendable {
    /// What each topic means.
    let topics: [String: Topic]
    /// For each kind of body the topic that says no more than that it changed.
    let updates: [String: String]
    /// What a body is, by the provider's own marks; nil where it has none.
    let kind: @Sendable (JSONObject) -> String?
}

/// The topic of a delivery of which only the body is signed. Whoever captured one delivery can send its body again under
/// any topic, so that a known one counts only as far as the body bears it out.
///
/// The body says what record it is, the topic only which of the types that such a body can have. A body of another kind
/// is `unrecognized`. A body of the right kind that does not show the verb (senders make it when they send it, and it may
/// be a later state) is an update of its record. A body that names an id and no kind contradicts no deletion.
struct UnsignedTopic {
    /// The name that counts, as the provider has it.
    let name: String
    /// What it means; nil when nobody knows, and when the body contradicts it.
    let known: Topic?
    /// The normalized type of the event.
    let type: String
    /// What stands for the topic in the dedupe key. All topics that one body does not bear out are one event, and so are
    /// all that nobody knows: else one body would make as many as anybody can invent.
    let keyName: String
    /// The name that came, where the body does not bear it out.
    let claimed: String?
    /// Why the event is unrecognized, for people.
    let reason: String?

    init(_ name: String?, in table: TopicTable, of provider: String, _ body: JSONObject?) {
        guard let name else { self.init(nil, "the delivery names no topic"); return }
        guard let body else { self.init(name, "the body is no JSON object"); return }
        guard let meant = table.topics[name] else {
            self.init(name, nil, Vocabulary.foreign(name, of: provider), "", nil, nil)
            return
        }
        let kind = table.kind(body)
        if meant.deletes, kind == nil || kind == meant.body, body.isThin {
            self.init(name, meant, meant.type, name, nil, nil)
            return
        }
        guard !body.isThin else { self.init(name, "the body names nothing but an id"); return }
        guard let kind else {
            self.init(name, "the body has no mark of \(Self.article(meant.body))")
            return
        }
        guard kind == meant.body else {
            self.init(name, "the body is \(Self.article(kind)), the topic is of \(Self.article(meant.body))")
            return
        }
        if !meant.deletes, meant.isShown(body) {
            self.init(name, meant, meant.type, name, nil, nil)
        } else if let update = table.updates[meant.body], let known = table.topics[update] {
            self.init(update, known, known.type, known.type, name, nil)
        } else {
            self.init(name, "the body does not show what the topic says")
        }
    }

    /// One that is unrecognized.
    private init(_ claimed: String?, _ reason: String) {
        self.init(Event.unrecognized, nil, Event.unrecognized, "", claimed, reason)
    }

    private init(
        _ name: String, _ known: Topic?, _ type: String, _ keyName: String, _ claimed: String?, _ reason: String?
    ) {
        self.name = name
        self.known = known
        self.type = type
        self.keyName = keyName
        self.claimed = claimed
        self.reason = reason
    }

    private static func article(_ kind: String) -> String {
        ("aeio".contains(kind.first ?? " ") ? "an " : "a ") + kind
    }
}

extension JSONObject {
    /// Whether it names an id and tells nothing of what it is about: the body of a deletion. Shopify's of a deleted
    /// customer has a few other members, without a value.
    var isThin: Bool {
        self["id"]?.identifierText != nil
            && members.allSatisfy { $0.key == "id" || $0.key == "admin_graphql_api_id" || !$0.value.saysSomething }
    }

    /// Whether one of these members says something.
    func shows(_ keys: String...) -> Bool { keys.contains { self[$0]?.saysSomething ?? false } }

    /// Whether all of these members are there, with or without a value.
    func has(_ keys: String...) -> Bool { keys.allSatisfy { self[$0] != nil } }
}

extension JSONValue {
    /// Whether it is more than null and more than empty.
    var saysSomething: Bool {
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
        self.init(provider: provider, providerType: topic.name, type: topic.type, dedupeKey: key)
        claimedType = topic.claimed
        reason = topic.reason
        // A deletion tells no time, where all else of its sender does.
        if topic.known?.deletes == true { timing = .deletion }
        if topic.known?.restores == true { timing = .restore }
    }
}
