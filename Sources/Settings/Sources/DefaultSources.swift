/// The sources that the guides' variables make when the configuration has no `sources:` section.
///
/// One entry a source; a guide's source joins the table together with its provider.
enum DefaultSources {
    struct Entry {
        let name: String
        let providers: [String]
        let secret: String
        let credentials: [String: String]
    }

    static let all = [
        Entry(
            name: "tiktok-shop", providers: ["tiktok_shop", "tiktok_shop_guide"], secret: "TIKTOK_APP_SECRET",
            credentials: ["app_key": "TIKTOK_APP_KEY"])
    ]

    /// Those of which a variable is set, written as the section that an operator would write for them.
    static func section(_ variables: Variables) -> YAMLNode? {
        let entries = all.compactMap { entry in
            let names = [entry.secret] + entry.credentials.values
            return names.contains { variables[$0] != nil }
                ? YAMLEntry(key: entry.name, line: 0, value: node(entry)) : nil
        }
        return entries.isEmpty ? nil : YAMLNode(line: 0, value: .mapping(entries))
    }

    private static func node(_ entry: Entry) -> YAMLNode {
        func reference(_ name: String) -> YAMLNode { mapping([("env", scalar(name))]) }
        return mapping([
            ("providers", YAMLNode(line: 0, value: .sequence(entry.providers.map(scalar)))),
            (
                "credentials",
                mapping(entry.credentials.sorted { $0.key < $1.key }.map { ($0.key, reference($0.value)) })
            ),
            ("secrets", YAMLNode(line: 0, value: .sequence([reference(entry.secret)]))),
        ])
    }

    private static func scalar(_ text: String) -> YAMLNode {
        YAMLNode(line: 0, value: .scalar(YAMLScalar(text: text, isPlain: true)))
    }

    private static func mapping(_ pairs: [(String, YAMLNode)]) -> YAMLNode {
        YAMLNode(line: 0, value: .mapping(pairs.map { YAMLEntry(key: $0, line: 0, value: $1) }))
    }
}
