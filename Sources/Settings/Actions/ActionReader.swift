/// Reads `actions:`.
struct ActionReader {
    static let commonKeys = ["kind", "retries", "backoff", "give_up", "timeout", "after_dead", "alerts"]

    let secrets: SecretReader
    let problems: ProblemList
    /// The names of the sources, for actions that are told one.
    let sources: [String]

    func read(_ root: Section) -> [ActionSettings] {
        guard let section = root.section("actions", keys: nil) else { return [] }
        return section.all.compactMap { entry in
            guard Names.check(entry, of: "action", problems) else { return nil }
            return read(entry, path: section.path(of: entry.key), among: section)
        }
    }

    private func read(_ entry: YAMLEntry, path: String, among actions: Section) -> ActionSettings? {
        // Which keys it may have depends on its kind, so that is read first.
        guard let open = Section(entry.value, path: path, keys: nil, problems: problems) else { return nil }
        let kinds = ActionKind.all.map(\.name)
        guard let kindName = open.text("kind") else {
            if open["kind"] == nil {
                problems.error(entry.line, "\(path) must have a kind\(Suggestion.phrase(for: "", among: kinds))")
            }
            return nil
        }
        guard let kind = ActionKind.named(kindName) else {
            open.error("kind", "is unknown: \(open.quoted(kindName))\(Suggestion.phrase(for: kindName, among: kinds))")
            return nil
        }
        let keys = Self.commonKeys + kind.keys.map(\.name)
        guard let section = Section(entry.value, path: path, keys: keys, problems: problems) else { return nil }
        var values: [String: ActionValue] = [:]
        var missing: [String] = []
        for key in kind.keys {
            if section[key.name] == nil {
                if key.isRequired { problems.error(section.line, "\(path) must have \(key.name)") }
                continue
            }
            values[key.name] = ActionValueReader(secrets: secrets, section: section, key: key).read(&missing)
        }
        checkNames(section, kindName, among: actions)
        for one in missing { problems.warn(section.line, "\(path) can not run: \(one)") }
        return ActionSettings(
            name: entry.key, kind: kindName, values: values, missing: missing, retry: RetrySettings(section),
            afterDead: section.choice("after_dead", ActionSettings.AfterDead.self) ?? .skip,
            tellsAlerts: tellsAlerts(section, kindName))
    }

    /// Other parts of the configuration that an action names must be there.
    private func checkNames(_ section: Section, _ kind: String, among actions: Section) {
        if kind == "knowledge_base", let source = section["source"]?.scalar?.text, !sources.contains(source) {
            let hint = Suggestion.phrase(for: source, among: sources)
            section.error("source", "is unknown: \(section.quoted(source))\(hint)")
        }
        guard kind == "cart_abandoned" else { return }
        let telling = actions.all.filter { action in
            let kind = action.value.mapping?.first { $0.key == "kind" }?.value.scalar?.text
            return kind.map(ActionKind.telling.contains) ?? false
        }.map(\.key)
        let then = section["then"]
        for node in then?.sequence ?? [then].compactMap(\.self) {
            guard let name = node.scalar?.text, !telling.contains(name) else { continue }
            problems.error(
                node.line,
                "\(section.path(of: "then")) must name actions of the kinds \(ActionKind.telling.joined(separator: ", "))"
                    + ", not \(section.quoted(name))\(Suggestion.phrase(for: name, among: telling))")
        }
    }

    private func tellsAlerts(_ section: Section, _ kind: String) -> Bool {
        guard section.boolean("alerts") == true else { return false }
        if ActionKind.telling.contains(kind) { return true }
        section.error(
            "alerts", "is for actions that tell people something: \(ActionKind.telling.joined(separator: ", "))")
        return false
    }
}
