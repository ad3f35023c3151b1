/// A mapping of the configuration with known keys: unknown keys are reported when it is opened.
struct Section {
    /// Its path, such as `sources.tiktok-shop`; empty for the whole file.
    let path: String
    let line: Int
    let problems: ProblemList
    /// The entries as they were written, in their order.
    let all: [YAMLEntry]
    private let entries: [String: YAMLEntry]

    /// Opens a mapping.
    /// - Parameter keys: the keys it may have; nil when they are names that the operator gives.
    /// - Returns: nil, after a report, if the value is not a mapping. A missing value is an empty one.
    init?(_ node: YAMLNode, path: String, keys: [String]?, problems: ProblemList) {
        guard let mapping = node.isNull ? [] : node.mapping else {
            problems.error(node.line, "\(path.isEmpty ? "the file" : path) must be a section of keys, not \(node.kind)")
            return nil
        }
        self.path = path
        line = node.line
        self.problems = problems
        for entry in mapping {
            guard let keys, !keys.contains(entry.key) else { continue }
            let place = path.isEmpty ? "" : " in \(path)"
            problems.error(
                entry.line,
                "unknown key\(KeyText.unknown(entry.key, among: keys))\(place)\(Suggestion.phrase(for: entry.key, among: keys))"
            )
        }
        all = mapping
        entries = Dictionary(mapping.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    /// The value of a key, when one was written.
    subscript(key: String) -> YAMLNode? { entries[key].flatMap { $0.value.isNull ? nil : $0.value } }

    /// The line of a key, or of the section when it has none.
    func line(of key: String) -> Int { entries[key]?.line ?? line }

    /// `sources.tiktok-shop.secrets`
    func path(of key: String) -> String {
        path.isEmpty ? KeyText.step(key) : "\(path).\(KeyText.step(key))"
    }

    func error(_ key: String, _ message: String) { problems.error(line(of: key), "\(path(of: key)) \(message)") }

    /// The section below a key; nil when the key is absent or holds something else.
    func section(_ key: String, keys: [String]?) -> Section? {
        entries[key].flatMap { Section($0.value, path: path(of: key), keys: keys, problems: problems) }
    }
}
