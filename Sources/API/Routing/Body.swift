import JSON
import Webhooks

/// The members of a request's JSON object; all are known to the route.
struct Body {
    private let members: JSONObject

    /// - Throws: 400, naming the member.
    init(_ bytes: [UInt8], knowing names: Set<String>) throws(Problem) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw Problem(400, "invalid_body", "The body is not JSON: \(error)")
        }
        guard let members = value.object else { throw Problem(400, "invalid_body", "The body must be a JSON object") }
        for member in members.members where !names.contains(member.key) {
            throw .invalid(String(member.key.prefix(50)), "is not a member of this request")
        }
        self.members = members
    }

    func has(_ name: String) -> Bool { members[name] != nil }

    func text(_ name: String, longest: Int = 200) throws(Problem) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else { throw .invalid(name, "must be a string") }
        return try Values.text(text, name, longest: longest)
    }

    /// Why, for the operator log.
    func reason() throws(Problem) -> String {
        guard let reason = try text("reason", longest: 500) else {
            throw .invalid("reason", "must say why, for the operator log")
        }
        return reason
    }

    func flag(_ name: String) throws(Problem) -> Bool {
        guard let value = members[name] else { return false }
        guard let flag = value.bool else { throw .invalid(name, "must be true or false") }
        return flag
    }

    func integer(_ name: String, _ range: ClosedRange<Int64>) throws(Problem) -> Int64? {
        guard let value = members[name] else { return nil }
        return try Self.whole(value, name, range)
    }

    /// JSON knows one kind of number: `7.0` and `7e0` are whole.
    private static func whole(_ value: JSONValue, _ name: String, _ range: ClosedRange<Int64>) throws(Problem) -> Int64
    {
        guard case .number(let number) = value else { throw .invalid(name, "must be a whole number") }
        if number.integer == nil, let double = Double(number.text), double.magnitude < 9_007_199_254_740_992,
            let exact = Int64(exactly: double)
        {
            return try Values.integer(String(exact), name, range)
        }
        return try Values.integer(number.text, name, range)
    }

    func ids(_ name: String) throws(Problem) -> [Int64] {
        guard let value = members[name] else { return [] }
        guard let elements = value.array, elements.count <= 1000 else {
            throw .invalid(name, "must be an array of at most 1000 ids")
        }
        var ids: [Int64] = []
        for element in elements {
            ids.append(try Self.whole(element, name, 1...Int64.max))
        }
        return ids
    }

    /// An array of at most 20 strings; empty when it is not there.
    func texts(_ name: String) throws(Problem) -> [String] {
        guard let value = members[name] else { return [] }
        guard let elements = value.array, elements.count <= 20 else {
            throw .invalid(name, "must be an array of at most 20 strings")
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw .invalid(name, "must be an array of strings") }
            texts.append(try Values.text(text, name, longest: 320))
        }
        return texts
    }

    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else { throw .invalid(name, "must be a time such as 2026-01-31T12:00:00Z") }
        return try Values.time(text, name)
    }

    func word(_ name: String, _ words: [String]) throws(Problem) -> String? {
        guard let value = members[name] else { return nil }
        return try Values.word(value.string ?? "", name, words)
    }

    /// A value that must be a case of the type.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ type: Word.Type) throws(Problem) -> Word?
    where Word.RawValue == String {
        try word(name, type.allCases.map(\.rawValue)).flatMap(Word.init)
    }

    /// The members of an object, in order.
    func object(_ name: String) throws(Problem) -> [JSONObject.Member]? {
        guard let value = members[name] else { return nil }
        guard let object = value.object, (1...50).contains(object.members.count) else {
            throw .invalid(name, "must be an object of 1 to 50 members")
        }
        return object.members
    }
}
