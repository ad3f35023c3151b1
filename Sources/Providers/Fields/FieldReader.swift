import JSON

/// Reads the members of an object one by one, each in the form that the ledger keeps. What does not fit its form, and
/// what nobody asked for, stays and ends in `extra`: nothing that was sent is lost or can break a statement.
struct FieldReader {
    private var rest: JSONObject
    /// The members that did not fit their form, such as `total` and `line_items.quantity`, each once, in the order in
    /// which they were found.
    private(set) var unread: [String] = []

    init(_ object: JSONObject) { rest = object }

    /// Takes the first of these members that is there, says something and fits.
    /// - Parameter form: the value as it is kept; nil when it does not fit.
    /// - Returns: nil when none fits; `.null`, which clears a field, where the member is null or empty and no other one
    ///   says more.
    mutating func take(_ keys: String..., as form: (JSONValue) -> JSONValue?) -> JSONValue? {
        take(keys, as: form)
    }

    /// Takes the first of these members that is there, says something and fits; see above.
    mutating func take(_ keys: [String], as form: (JSONValue) -> JSONValue?) -> JSONValue? {
        var empty: (keys: [String], value: JSONValue?) = ([], nil)
        for key in keys {
            guard let value = rest[key] else { continue }
            guard let kept = value == .null ? value : form(value) else {
                note([key])
                continue
            }
            if kept == .null || kept == "" {
                empty.keys.append(key)
                empty.value = empty.value ?? kept
                continue
            }
            for key in empty.keys { rest[key] = nil }
            rest[key] = nil
            return settled(kept, key)
        }
        for key in empty.keys { rest[key] = nil }
        return empty.value
    }

    /// A value that stands deeper than a member of the object. It stays where it is; one that does not fit is noted.
    /// - Parameter name: where it stands, for people.
    mutating func look(_ value: JSONValue?, _ name: String, as form: (JSONValue) -> JSONValue?) -> JSONValue? {
        guard let value, value != .null else { return nil }
        let kept = form(value)
        if kept == nil { note([name]) }
        return kept
    }

    /// Adds to what could not be read.
    mutating func note(_ names: [String]) {
        for name in names where !unread.contains(name) && unread.count < Self.mostUnread { unread.append(name) }
    }

    /// No sender has more fields; a name is shown to people and counted.
    private static let mostUnread = 64

    /// A nested object or list without the names that its own reader could not read; those are ours now.
    private mutating func settled(_ value: JSONValue, _ key: String) -> JSONValue {
        switch value {
        case .object(var object):
            guard let names = object[Self.unreadMark]?.array else { return value }
            object[Self.unreadMark] = nil
            note(names.compactMap { $0.string.map { "\(key).\($0)" } })
            return .object(object)
        case .array(var elements):
            guard let names = elements.last?[Self.unreadMark]?.array else { return value }
            elements.removeLast()
            note(names.compactMap { $0.string.map { "\(key).\($0)" } })
            return .array(elements)
        default: return value
        }
    }

    /// The member by which the reader of a nested object hands `unread` on, of a list in an object behind the last
    /// element. No sender's member: it is not taken from a body.
    static let unreadMark = "\u{0}unread"

    /// A member, which stays.
    func peek(_ key: String) -> JSONValue? { rest[key] }

    /// Removes a member that is kept elsewhere.
    mutating func drop(_ key: String) { rest[key] = nil }

    /// What was not taken, as Postgres can store it. The first 256 members that hold 10,000 values together; the raw body
    /// has the others.
    var extra: [String: JSONValue] {
        var room = 10_000
        return extra(within: &room)
    }

    /// What was not taken and does not hold more values than there is room for, which it takes up: a body of a megabyte can
    /// hold half a million, and what they cost in the database, each a few times, is not worth it.
    func extra(within room: inout Int) -> [String: JSONValue] {
        var extra: [String: JSONValue] = [:]
        for member in rest.members.prefix(256) {
            let count = member.value.count(upTo: room)
            guard count <= room else { continue }
            room -= count
            extra[member.key.storable] = member.value.storable
        }
        return extra
    }
}

extension JSONValue {
    /// How many values this is with all that it holds; more than `limit` when they are more, however many.
    fileprivate func count(upTo limit: Int) -> Int {
        let inner: [JSONValue]
        switch self {
        case .array(let elements): inner = elements
        case .object(let object): inner = object.members.map(\.value)
        default: return 1
        }
        var count = 1
        for value in inner where count <= limit { count += value.count(upTo: limit - count) }
        return count
    }
}

extension [String: JSONValue] {
    /// The members as one object, in the order of their names.
    var object: JSONObject {
        sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = $1.value }
    }
}
