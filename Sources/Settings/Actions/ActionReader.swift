/// Reads `actions:`.
struct ActionReader {
    static let commonKeys = ["kind", "retries", "backoff", "give_up", "timeout", "after_dead", "alerts"]

    let secrets: SecretReader
    let problems: ProblemList

    func read(_ root: Section) -> [ActionSettings] {
        guard let section = root.section("actions", keys: nil) else { return [] }
        return section.all.compactMap { entry in
            guard Names.check(entry, of: "action", problems) else { return nil }
            return read(entry, path: section.path(of: entry.key))
        }
    }

    private func read(_ entry: YAMLEntry, path: String) -> ActionSettings? {
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
        for one in missing { problems.warn(section.line, "\(path) can not run: \(one)") }
        return ActionSettings(
            name: entry.key, kind: kindName, values: values, missing: missing, retry: RetrySettings(section),
            afterDead: section.choice("after_dead", ActionSettings.AfterDead.self) ?? .skip,
            tellsAlerts: tellsAlerts(section, kindName))
    }

    private func tellsAlerts(_ section: Section, _ kind: String) -> Bool {
        guard section.boolean("alerts") == true else { return false }
        if ActionKind.telling.contains(kind) { return true }
        section.error(
            "alerts", "is for actions that tell people something: \(ActionKind.telling.joined(separator: ", "))")
        return false
    }
}
