/// The members of a JSON object in the order they were written, each key once.
///
/// Look-up scans few members and uses an index for many, so that an object of a million keys takes no quadratic time.
/// Keys are the same when their bytes are: `é` in one scalar and `é` in two are two keys, as they are for Postgres.
public struct JSONObject: Hashable, Sendable {
    /// The members, in order.
    public private(set) var members: [Member] = []
    private var index: [Key: Int] = [:]

    /// One member.
    public struct Member: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public var value: JSONValue
    }

    private static let indexedFrom = 12

    /// An object without members.
    public init() {}

    /// The value of a key. Setting a key that exists keeps its place; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            if let newValue {
                set(key, to: newValue)
            } else if let position = position(of: key) {
                remove(at: position)
            }
        }
    }

    /// Whether the object has no members.
    public var isEmpty: Bool { members.isEmpty }

    private func position(of key: String) -> Int? {
        members.count >= Self.indexedFrom ? index[Key(key)] : members.firstIndex { $0.key.hasBytes(of: key) }
    }

    /// Hashes a key once: in a body of many members that is most of what reading it costs.
    private mutating func set(_ key: String, to value: JSONValue) {
        let next = members.count
        guard next >= Self.indexedFrom else {
            if let position = position(of: key) {
                members[position].value = value
            } else {
                members.append(Member(key: key, value: value))
                if members.count == Self.indexedFrom { reindex() }
            }
            return
        }
        if let position = index.updateValue(next, forKey: Key(key)) {
            members[position].value = value
            index[Key(key)] = position
        } else {
            members.append(Member(key: key, value: value))
        }
    }

    private mutating func remove(at position: Int) {
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

    /// Objects are equal when they have the same members, in whatever order.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.count == b.members.count && a.members.allSatisfy { b[$0.key] == $0.value }
    }

    /// Feeds the members without regard to their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
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
