/// One key of `hookledger.yaml` as people need it: docs/configuration.md and `hookledger config keys` are made of these.
public struct ConfigurationKey: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// The allowed values, in words.
    public let form: String
    /// The default as it is written in the file, or its rule in words; nil when the key has none.
    public let standard: String?
    /// What it is for: one sentence or more, the first without an article's "this key".
    public let meaning: String

    /// A key.
    public init(_ name: String, _ form: String, standard: String? = nil, _ meaning: String) {
        self.name = name
        self.form = form
        self.standard = standard
        self.meaning = meaning
    }
}

/// A section of `hookledger.yaml`: the keys that may be in it.
public struct ConfigurationSection: Sendable, Hashable {
    /// Its place, such as `sources.NAME.unsigned`; empty for the file itself. Names in capitals are the operator's.
    public let path: String
    /// Its keys, in the order of the reference page.
    public let keys: [ConfigurationKey]

    /// A section.
    public init(_ path: String, _ keys: [ConfigurationKey]) {
        self.path = path
        self.keys = keys
    }

    /// The names of its keys.
    public var names: [String] { keys.map(\.name) }
}

/// Allowed values, in words.
enum FormText {
    static let boolean = "true or false"
    static let secret = "a reference to a secret"

    static func integer(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

    static func duration(_ range: ClosedRange<Duration>) -> String {
        let low = range.lowerBound == .zero ? "0s" : DurationText.write(range.lowerBound)
        return "a time from \(low) to \(DurationText.write(range.upperBound))"
    }

    static func choice(_ words: [String]) -> String { words.joined(separator: ", ") }
}
