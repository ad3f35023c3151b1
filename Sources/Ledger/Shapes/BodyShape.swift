import JSON

/// The types that a value has in JSON.
struct ValueTypes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let object = ValueTypes(rawValue: 1)
    static let list = ValueTypes(rawValue: 2)
    static let text = ValueTypes(rawValue: 4)
    static let number = ValueTypes(rawValue: 8)
    static let boolean = ValueTypes(rawValue: 16)
    static let null = ValueTypes(rawValue: 32)
    /// An object whose members all have the same members: their names are data.
    static let map = ValueTypes(rawValue: 64)

    /// The names, in the order of the columns of `shape_members`.
    static let names: [(ValueTypes, String)] = [
        (.object, "object"), (.list, "list"), (.text, "text"), (.number, "number"), (.boolean, "boolean"),
        (.null, "null"),
    ]

    /// Without null, which does not say of what type a value is.
    var ofValues: ValueTypes { subtracting([.null, .map]) }
    /// In words; nil for none.
    var words: String? {
        let found = Self.names.filter { contains($0.0) }.map(\.1)
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }
}

/// The members of one body: each path with the types of its values. Pure.
struct BodyShape: Sendable, Equatable {
    /// The paths; the body itself is the empty one.
    private(set) var paths: [String: ValueTypes] = [:]

    /// The deepest member that is looked at.
    private static let deepest = 12
    /// The most paths of one body.
    static let mostPaths = 2000
    /// The most values of one body that are looked at.
    private static let mostValues = 100_000
    /// As many members that have the same members make an object a map.
    private static let fewestOfMap = 3

    private var values = 0

    /// The shape of a body; a form has members that are texts, and any other text has none.
    init(_ body: [UInt8]) {
        switch BodyForm(body) {
        case .json(let value): add(value, at: "", depth: 0)
        case .form(let pairs):
            note(.object, at: "")
            for pair in pairs { note(.text, at: MemberName.step(String(decoding: pair.name, as: UTF8.self))) }
        case .text: note(.text, at: "")
        }
    }

    private mutating func note(_ types: ValueTypes, at path: String) {
        if let known = paths[path] {
            paths[path] = known.union(types)
        } else if paths.count < Self.mostPaths {
            paths[path] = types
        }
    }

    private mutating func add(_ value: JSONValue, at path: String, depth: Int) {
        values += 1
        guard values <= Self.mostValues else { return }
        switch value {
        case .null: note(.null, at: path)
        case .bool: note(.boolean, at: path)
        case .number: note(.number, at: path)
        case .string: note(.text, at: path)
        case .array(let elements):
            note(.list, at: path)
            guard depth < Self.deepest else { return }
            for element in elements { add(element, at: path + MemberPath.element, depth: depth + 1) }
        case .object(let object):
            let members = object.members
            let isMap = Self.isMap(members)
            note(isMap ? [.object, .map] : .object, at: path)
            guard depth < Self.deepest else { return }
            for member in members {
                let step = isMap ? MemberName.folded : MemberName.step(member.key)
                add(member.value, at: MemberPath.member(step, of: path), depth: depth + 1)
            }
        }
    }

    private static func isMap(_ members: [JSONObject.Member]) -> Bool {
        guard members.count >= fewestOfMap, let first = members.first?.value.object else { return false }
        let names = Set(first.places.map { first.key(at: $0) })
        return !names.isEmpty
            && members.dropFirst().allSatisfy { member in
                guard let object = member.value.object else { return false }
                return Set(object.places.map { object.key(at: $0) }) == names
            }
    }
}
