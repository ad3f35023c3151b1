import JSON

/// Reads a description member by member and collects its mistakes. Lives during one reading.
final class DescriptionReader {
    private(set) var problems: [SchemeProblem] = []
    private let root: JSONObject

    init(_ root: JSONObject) { self.root = root }

    subscript(key: String) -> JSONValue? { root[key].flatMap { $0 == .null ? nil : $0 } }

    func report(_ path: [String], _ message: String) {
        problems.append(SchemeProblem(path: path, message: message))
    }

    func reportUnknownKeys(_ known: [String]) {
        for member in root.members where !known.contains(member.key) {
            report([member.key], "is not a key of a scheme; the keys are \(known.joined(separator: ", "))")
        }
    }

    /// The text of a member; reported when it is no single value, or empty.
    func text(_ key: String) -> String? { self[key].flatMap { text($0, at: [key]) } }

    func text(_ value: JSONValue, at path: [String]) -> String? {
        guard let text = value.scalarText, !text.isEmpty else {
            report(path, "must be a single value that is not empty")
            return nil
        }
        return text
    }

    /// One of some words.
    func choice<Value>(_ key: String, _ words: [(word: String, value: Value)]) -> Value? {
        guard let text = text(key) else { return nil }
        if let choice = words.first(where: { $0.word == text.lowercased() }) { return choice.value }
        report([key], "must be one of \(words.map(\.word).joined(separator: ", "))")
        return nil
    }

    /// The only member of an object, such as `{ header: webhook-id }`.
    func single(_ value: JSONValue, at path: [String], of keys: [String]) -> (key: String, text: String)? {
        guard let members = value.object?.members, members.count == 1, let member = members.first,
            keys.contains(member.key)
        else {
            report(path, "must have exactly one of \(keys.joined(separator: ", "))")
            return nil
        }
        return text(member.value, at: path + [member.key]).map { (member.key, $0) }
    }

    /// The name of a header, in lower case.
    func headerName(_ text: String, at path: [String]) -> String? {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~".utf8)
        guard text.utf8.allSatisfy(allowed.contains) else {
            report(path, "must be the name of a header")
            return nil
        }
        return text.lowercased()
    }

    /// The steps of a path such as `data.0.id`.
    static func steps(_ text: String) -> [String] { text.split(separator: ".").map(String.init) }
}
