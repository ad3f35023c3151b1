/// The members of an object that was made here or changed. Look-up scans few members and uses an index for many.
struct JSONMembers: Sendable {
    /// The members, in order.
    private(set) var members: [JSONObject.Member]
    private var index: [Key: Int] = [:]

    private static let indexedFrom = 16

    /// - Parameter members: each key once.
    init(_ members: [JSONObject.Member] = []) {
        self.members = members
        if members.count >= Self.indexedFrom { reindex() }
    }

    func position(of key: String) -> Int? {
        members.count >= Self.indexedFrom ? index[Key(key)] : members.firstIndex { $0.key.hasBytes(of: key) }
    }

    /// Hashes a key once: in a body of many members that is most of what reading it costs.
    mutating func set(_ key: String, to value: JSONValue) {
        let next = members.count
        guard next >= Self.indexedFrom else {
            if let position = position(of: key) {
                members[position].value = value
            } else {
                members.append(JSONObject.Member(key: key, value: value))
                if members.count == Self.indexedFrom { reindex() }
            }
            return
        }
        if let position = index.updateValue(next, forKey: Key(key)) {
            members[position].value = value
            index[Key(key)] = position
        } else {
            members.append(JSONObject.Member(key: key, value: value))
        }
    }

    mutating func remove(at position: Int) {
        members.remove(at: position)
        if members.count >= Self.indexedFrom { reindex() } else { index = [:] }
    }

    private mutating func reindex() {
        index = Dictionary(members.indices.map { (Key(members[$0].key), $0) }, uniquingKeysWith: { _, last in last })
    }

    /// A key that is compared byte by byte; `String` itself compares by canonical equivalence.
    private struct Key: Hashable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (a: Key, b: Key) -> Bool { a.text.hasBytes(of: b.text) }

        func hash(into hasher: inout Hasher) {
            let bytes = text.utf8.span
            var word: UInt64 = 0
            for place in bytes.indices {
                word = word << 8 | UInt64(bytes[place])
                if place & 7 == 7 { hasher.combine(word) }
            }
            hasher.combine(word)
            hasher.combine(bytes.count)
        }
    }
}

extension String {
    /// Whether the bytes are the same; quicker than to compare the views, which steps through indices.
    fileprivate func hasBytes(of other: String) -> Bool {
        let (ours, theirs) = (utf8.span, other.utf8.span)
        guard ours.count == theirs.count else { return false }
        for place in ours.indices where ours[place] != theirs[place] { return false }
        return true
    }
}
