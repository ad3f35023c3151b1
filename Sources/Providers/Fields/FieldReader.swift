import JSON

/// Reads the members of an object one by one, each in the form that the ledger keeps. What does not fit its form, and
/// what nobody asked for, stays and ends in `extra`: nothing that was sent is lost or can break a statement.
struct FieldReader {
    private var rest: JSONObject

    init(_ object: JSONObject) { rest = object }

    /// Takes the first of these members that is there and fits.
    /// - Parameter form: the value as it is kept; nil when it does not fit.
    /// - Returns: nil when none fits; `.null`, which clears a field, for a member that is null.
    mutating func take(_ keys: String..., as form: (JSONValue) -> JSONValue?) -> JSONValue? {
        take(keys, as: form)
    }

    /// Takes the first of these members that is there and fits; see above.
    mutating func take(_ keys: [String], as form: (JSONValue) -> JSONValue?) -> JSONValue? {
        for key in keys {
            guard let value = rest[key], let kept = value == .null ? value : form(value) else { continue }
            rest[key] = nil
            return kept
        }
        return nil
    }

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
