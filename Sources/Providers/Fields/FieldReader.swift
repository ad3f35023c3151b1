import JSON

/// Reads the members of an object one by one, each in the form that the ledger keeps. Values that do not fit, and
/// unknown members, remain and end in `extra`: nothing is lost or can break a statement.
struct FieldReader {
    private let object: JSONObject
    /// The places of the members that are no longer there.
    private var taken: [Int] = []
    /// The members that did not fit their form, such as `total` and `line_items.quantity`, each once, in the order in
    /// which they were found.
    private(set) var unread: [String] = []

    init(_ object: JSONObject) {
        self.object = object
        // About as many as a line of an order has; growing step by step would copy them several times.
        taken.reserveCapacity(16)
    }

    private func place(of key: String) -> Int? {
        guard let place = object.place(of: key), !taken.contains(place) else { return nil }
        return place
    }

    /// Takes the first of these members that exists, has a value and fits.
    /// - Parameter form: the stored value; nil if it does not fit.
    /// - Returns: nil when none fits; `.null`, which clears a field, if the member is null or empty and no other one
    ///   has a value.
    mutating func take(_ keys: String..., as form: FieldForm) -> JSONValue? {
        take(keys, as: form)
    }

    /// Takes the first of these members that exists, has a value and fits; see above.
    mutating func take(_ keys: [String], as form: FieldForm) -> JSONValue? {
        switch find(keys, as: form) {
        case .value(let value): value
        case .copy(.asSent, let place): object.value(at: place)
        case .copy(.asText, let place): object.value(at: place).identifier.map(JSONValue.string)
        case nil: nil
        }
    }

    /// Takes the first of these members that exists, has a value and fits, and writes it as a member of the composer's
    /// object; nothing if none fits.
    mutating func take(_ keys: [String], as form: FieldForm, writing name: JSONKey, to lines: inout JSONComposer) {
        switch find(keys, as: form) {
        case .value(let value): lines.write(value, as: name)
        case .copy(let copy, let place): lines.copy(place, of: object, as: name, asText: copy == .asText)
        case nil: break
        }
    }

    /// What `take` found.
    private enum Found {
        case value(JSONValue)
        /// The member at that place.
        case copy(FieldForm.Copy, Int)
    }

    private mutating func find(_ keys: [String], as form: FieldForm) -> Found? {
        var empty: JSONValue?
        var emptyPlaces: [Int] = []
        for key in keys {
            guard let place = place(of: key) else { continue }
            if let copy = form.copy(place, of: object) {
                taken.append(place)
                taken += emptyPlaces
                return .copy(copy, place)
            }
            let value = object.value(at: place)
            guard let kept = value.isNull ? value : form.value(value) else {
                note([key])
                continue
            }
            if kept.isNull || kept.string?.isEmpty == true {
                emptyPlaces.append(place)
                empty = empty ?? kept
                continue
            }
            taken.append(place)
            taken += emptyPlaces
            return .value(settled(kept, key))
        }
        taken += emptyPlaces
        return empty.map { .value($0) }
    }

    /// Reads a nested value. The value stays in place; an unreadable one is noted.
    /// - Parameter name: its path, for people.
    mutating func look(_ value: JSONValue?, _ name: String, as form: FieldForm) -> JSONValue? {
        guard let value, !value.isNull else { return nil }
        let kept = form.value(value)
        if kept == nil { note([name]) }
        return kept
    }

    /// Adds to the unread members.
    mutating func note(_ names: [String]) {
        for name in names where !unread.contains(name) && unread.count < Self.mostUnread { unread.append(name) }
    }

    /// No sender has more fields.
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

    /// The member that passes `unread` on from the reader of a nested object (of a list: in an object after the last
    /// element). It is never taken from a body.
    static let unreadMark = "\u{0}unread"

    /// A member, which stays.
    func peek(_ key: String) -> JSONValue? { place(of: key).map(object.value) }

    /// Removes a member that is stored elsewhere.
    mutating func drop(_ key: String) {
        if let place = place(of: key) { taken.append(place) }
    }

    /// The remaining members, as Postgres can store them: at most 256 members with 10,000 values together; the raw body
    /// has the rest.
    var extra: [String: JSONValue] {
        var room = 10_000
        return extra(within: &room)
    }

    /// The remaining members within the limit of values, which they use up: a body of a megabyte can hold half a
    /// million values, which would be stored several times each.
    func extra(within room: inout Int) -> [String: JSONValue] {
        var extra: [String: JSONValue] = [:]
        for place in object.places.lazy.filter({ !taken.contains($0) }).prefix(256) {
            let count = object.valueCount(at: place, upTo: room)
            guard count <= room else { continue }
            room -= count
            extra[object.key(at: place).storable] = object.value(at: place).storable
        }
        return extra
    }
}

extension [String: JSONValue] {
    /// The members as one object, in the order of their names.
    var object: JSONObject {
        sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = $1.value }
    }
}
