import JSON
import Webhooks

/// A provider's topics, and the marks of its bodies.
struct TopicTable: Sendable {
    /// The meaning of each topic.
    let topics: [String: Topic]
    /// For each kind of body the topic of a plain change.
    let updates: [String: String]
    /// The kind of a body by the provider's marks; nil without marks.
    let kind: @Sendable (JSONObject) -> String?
}

/// The topic of a delivery with a signature over the body only. A captured body could be resent under any topic, so a
/// topic is used only as far as the body confirms it.
///
/// The body decides the kind of record; the topic only chooses among the types of such a body. A body of another kind
/// is `unrecognized`. A body of the right kind without the verb (it is made when it is sent, and may show a later
/// state) is an update of its record. A body with only an id does not contradict a deletion.
struct UnsignedTopic {
    /// The name in use, in the provider's words.
    let name: String
    /// Its meaning; nil if it is unknown or the body contradicts it.
    let known: Topic?
    /// The normalized type of the event.
    let type: String
    /// The topic's part of the dedupe key. All topics that a body does not confirm are one event, and so are all
    /// unknown ones: otherwise one body could make any number of events.
    let keyName: String
    /// The sent name, if the body does not confirm it.
    let claimed: String?
    /// Why the event is unrecognized, for people.
    let reason: String?

    init(_ name: String?, in table: TopicTable, of provider: String, _ body: JSONObject?) {
        guard let name else { self.init(nil, "the delivery names no topic"); return }
        guard let body else { self.init(name, "the body is not a JSON object"); return }
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
    /// Whether it has an id only: the body of a deletion. Shopify's of a deleted customer has a few other members,
    /// without a value.
    var isThin: Bool {
        self["id"]?.identifierText != nil
            && members.allSatisfy { $0.key == "id" || $0.key == "admin_graphql_api_id" || !$0.value.saysSomething }
    }

    /// Whether one of these members has a value.
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
    /// An event of this topic: `unrecognized` without one, or if the body contradicts it.
    init(_ topic: UnsignedTopic, by provider: String, key: DedupeKey) {
        self.init(provider: provider, providerType: topic.name, type: topic.type, dedupeKey: key)
        claimedType = topic.claimed
        reason = topic.reason
        // A deletion has no time, unlike the sender's other events.
        if topic.known?.deletes == true { timing = .deletion }
        if topic.known?.restores == true { timing = .restore }
    }
}
