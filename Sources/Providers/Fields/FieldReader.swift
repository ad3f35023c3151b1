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

    /// What was not taken, as Postgres can store it. The first 256 members; the raw body has the others.
    var extra: [String: JSONValue] {
        Dictionary(
            rest.members.prefix(256).map { ($0.key.storable, $0.value.storable) }, uniquingKeysWith: { _, last in last }
        )
    }
}

extension [String: JSONValue] {
    /// The members as one object, in the order of their names.
    var object: JSONObject {
        sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = $1.value }
    }
}
