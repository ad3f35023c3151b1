/// The members of a JSON object in the order they were written, each key once.
///
/// An object that was read is a view of its text: its keys are compared where they are, and a value is made when it is
/// asked for. One that is changed makes all its members. Look-up takes the same time in an object of a million keys.
/// Keys are the same when their bytes are: `é` in one scalar and `é` in two are two keys, as they are for Postgres.
public struct JSONObject: Hashable, Sendable {
    private enum Storage: Sendable {
        case read(JSONText, Int)
        case made(JSONMembers)
    }

    private var storage: Storage

    /// One member.
    public struct Member: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public var value: JSONValue

        /// A member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// An object without members.
    public init() { storage = .made(JSONMembers()) }

    /// An object of members that are known to have different keys.
    /// - Parameter members: each key once.
    public init(distinct members: [Member]) { storage = .made(JSONMembers(members)) }

    init(_ members: JSONMembers) { storage = .made(members) }

    /// The object at that place of a text.
    init(_ text: JSONText, _ place: Int) { storage = .read(text, place) }

    /// The members, in order; all of them are made, so the object should be asked for one key or place where that will do.
    public var members: [Member] {
        if case .made(let made) = storage { return made.members }
        return places.map { Member(key: key(at: $0), value: value(at: $0)) }
    }

    /// The value of a key. Setting a key that exists keeps its place; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map(value) }
        set {
            var made = JSONMembers()
            switch storage {
            case .made(let members): made = members
            case .read: made = JSONMembers(members)
            }
            storage = .made(JSONMembers())
            if let newValue {
                made.set(key, to: newValue)
            } else if let position = made.position(of: key) {
                made.remove(at: position)
            }
            storage = .made(made)
        }
    }

    /// Whether the object has no members.
    public var isEmpty: Bool {
        switch storage {
        case .read(let text, let object): Int(text.nodes[object].next) == object + 1
        case .made(let made): made.members.isEmpty
        }
    }

    /// Whether `JSONValue.storable` is known to change nothing.
    var isStorable: Bool { if case .read(let text, _) = storage { text.isStorable } else { false } }

    /// The text and the place of an object that was read and is unchanged.
    var read: (text: JSONText, place: Int)? {
        if case .read(let text, let place) = storage { (text, place) } else { nil }
    }

    /// Objects are equal when they have the same members, in whatever order.
    public static func == (a: JSONObject, b: JSONObject) -> Bool {
        let members = a.members
        return members.count == b.places.reduce(0) { count, _ in count + 1 }
            && members.allSatisfy { b[$0.key] == $0.value }
    }

    /// Feeds the members without regard to their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
    }
}

/// The places of the members: for readers that take one after the other. They are valid until the object changes.
extension JSONObject {
    /// The place of a key; nil if it has no such member.
    public func place(of key: String) -> Int? {
        switch storage {
        case .read(let text, let object): text.place(of: key.utf8.span, in: object)
        case .made(let made): made.position(of: key)
        }
    }

    /// The key at a place.
    public func key(at place: Int) -> String {
        switch storage {
        case .read(let text, _): text.string(text.nodes[place])
        case .made(let made): made.members[place].key
        }
    }

    /// The value at a place.
    public func value(at place: Int) -> JSONValue {
        switch storage {
        case .read(let text, _): text.value(Int(text.nodes[place].next))
        case .made(let made): made.members[place].value
        }
    }

    /// The number of values at a place: 1, and those in an array or object. Repetitions of a key count, too.
    /// - Parameter limit: where counting stops; then the result is above it.
    public func valueCount(at place: Int, upTo limit: Int) -> Int {
        switch storage {
        case .read(let text, _): text.valueCount(Int(text.nodes[place].next), upTo: limit)
        case .made(let made): made.members[place].value.count(upTo: limit)
        }
    }

    /// The places of all members, in order.
    public var places: Places { Places(self) }

    /// See `JSONObject.places`.
    public struct Places: Sequence, IteratorProtocol {
        private let text: JSONText?
        private var place: Int
        private let end: Int

        fileprivate init(_ object: JSONObject) {
            switch object.storage {
            case .read(let text, let object):
                (self.text, place, end) = (text, object + 1, Int(text.nodes[object].next))
            case .made(let made): (text, place, end) = (nil, 0, made.members.count)
            }
        }

        /// The next place.
        public mutating func next() -> Int? {
            while place < end {
                let current = place
                guard let text else {
                    place += 1
                    return current
                }
                place = Int(text.nodes[place + 1].next)
                if !text.nodes[current].marks.contains(.isHidden) { return current }
            }
            return nil
        }
    }
}
