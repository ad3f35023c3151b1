import Settings

/// The hook paths that the shipped locations pass to the responder, read from the snippet itself.
struct HookLocations {
    private var exact: Set<String> = []
    private var prefixes: [String] = []

    /// - Parameter snippet: the text of `snippets/hookledger-locations.conf`.
    init(snippet: String) {
        for line in snippet.split(whereSeparator: \.isNewline) where line.contains("hookledger-hook.conf") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count > 2, words[0] == "location" else { continue }
            if words[1] == "=" { exact.insert(String(words[2])) }
            if words[1] == "^~" { prefixes.append(String(words[2])) }
        }
    }

    /// Whether the path gets to the responder.
    func cover(_ path: String) -> Bool { exact.contains(path) || prefixes.contains { path.hasPrefix($0) } }

    /// Whether it has a location of its own there, so that a second one would be a mistake.
    func name(_ path: String) -> Bool { exact.contains(path) }
}
