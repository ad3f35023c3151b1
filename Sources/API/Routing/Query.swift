import Webhooks

/// The parameters of a query, each at most once, and all known to the route.
struct Query {
    private var values: [String: String] = [:]

    init() {}

    init(_ text: String, knowing names: Set<String>) throws(Problem) {
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decode(sides[0], plusIsSpace: true),
                let value = PercentText.decode(sides.count > 1 ? sides[1] : "", plusIsSpace: true)
            else { throw Problem(400, "invalid_query", "The query is not percent-encoded UTF-8") }
            guard names.contains(name) else { throw .invalid(Self.shown(name), "is not a parameter of this route") }
            guard values.updateValue(value, forKey: name) == nil else { throw .invalid(name, "is given twice") }
        }
    }

    /// Whether the parameter is given.
    func has(_ name: String) -> Bool { values[name] != nil }

    func text(_ name: String) throws(Problem) -> String? {
        guard let value = values[name] else { return nil }
        return try Values.text(value, name)
    }

    func integer(_ name: String, _ range: ClosedRange<Int64>) throws(Problem) -> Int64? {
        guard let value = values[name] else { return nil }
        return try Values.integer(value, name, range)
    }

    /// `limit`, 50 unless given.
    func limit(most: Int64) throws(Problem) -> Int { Int(try integer("limit", 1...most) ?? 50) }

    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let value = values[name] else { return nil }
        return try Values.time(value, name)
    }

    func word(_ name: String, _ words: [String]) throws(Problem) -> String? {
        guard let value = values[name] else { return nil }
        return try Values.word(value, name, words)
    }

    /// A value that must be a case of the type.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ type: Word.Type) throws(Problem) -> Word?
    where Word.RawValue == String {
        try word(name, type.allCases.map(\.rawValue)).flatMap(Word.init)
    }

    func bool(_ name: String) throws(Problem) -> Bool? { try word(name, ["true", "false"]).map { $0 == "true" } }

    /// A value as converted by `read`.
    func value<Value>(_ name: String, _ want: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = read(text) else { throw .invalid(name, want) }
        return value
    }

    /// `before` of a list that is sorted by id.
    func rowBefore() throws(Problem) -> Int64? {
        try value("before", "must be the next cursor of a response") { text in
            Int64(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil }
        }
    }

    /// A name, shortened and safe to repeat in an answer.
    private static func shown(_ name: String) -> String {
        String(name.unicodeScalars.prefix(50).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
    }
}
