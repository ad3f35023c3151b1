/// Reads `actions:`. A mistake in an action disables that action, and nothing else: its jobs are held.
struct ActionReader {
    let secrets: SecretReader
    let problems: ProblemList
    /// The kinds there are.
    let kinds: ActionKinds
    /// The names of the sources, for keys that name one.
    let sources: [String]
    /// The providers of the sources that have an app.
    let apps: Set<String>

    func read(_ root: Section) -> [ActionSettings] {
        guard let section = root.section("actions", keys: nil) else { return [] }
        let known = kinds.ofActions(root)
        return section.all.compactMap { entry in
            // One with a bad name is still read, so that its other mistakes are reported.
            let isNamed = Names.check(entry, of: "action", problems)
            let (action, faults) = problems.ofOnePart { read(entry, path: section.path(of: entry.key), known) }
            if !isNamed { return nil }
            guard let fault = faults.first else { return action }
            return (action ?? .unreadable(entry.key)).disabled(fault)
        }
    }

    /// - Parameter known: the kind of every action, by its name.
    private func read(_ entry: YAMLEntry, path: String, _ known: [String: ActionKind]) -> ActionSettings? {
        // Which keys it may have depends on its kind, so that is read first.
        guard let open = Section(entry.value, path: path, keys: nil, problems: problems) else { return nil }
        guard let kindName = open.text("kind") else {
            if open["kind"] == nil {
                problems.error(entry.line, "\(path) must have a kind\(Suggestion.phrase(for: "", among: kinds.names))")
            }
            return nil
        }
        guard let kind = kinds.named(kindName) else {
            open.error(
                "kind", "is unknown: \(open.quoted(kindName))\(Suggestion.phrase(for: kindName, among: kinds.names))")
            return nil
        }
        let keys = ActionKeys.common(kinds.names).names + kind.keys.map(\.name)
        guard let section = Section(entry.value, path: path, keys: keys, problems: problems) else { return nil }
        var values: [String: ActionValue] = [:]
        var missing: [String] = []
        for key in kind.keys {
            if section[key.name] == nil {
                if let lack = Self.lack(of: key, in: section) {
                    problems.error(section.line, "\(path) must have \(lack)")
                }
                continue
            }
            values[key.name] = ActionValueReader(
                secrets: secrets, section: section, key: key, actions: known, tellers: kinds.tellers, sources: sources
            ).read(&missing)
        }
        kind.check?(ActionKind.Check(section: section, apps: apps))
        for one in missing { problems.warn(section.line, "\(path) cannot run: \(one)") }
        return ActionSettings(
            name: entry.key, kind: kind, values: values, missing: missing, retry: RetryPolicy(in: section),
            timeout: ActionKeys.timeout.value(in: section), tellsAlerts: tellsAlerts(section, kind))
    }

    /// What to say of a key that is not written; nil when it need not be.
    private static func lack(of key: ActionKind.Key, in section: Section) -> String? {
        guard key.isRequired else { return nil }
        guard let exemption = key.exemption else { return key.name }
        if section[exemption.key]?.scalar?.text == exemption.word { return nil }
        return "\(key.name), unless \(exemption.key) is \(exemption.word)"
    }

    private func tellsAlerts(_ section: Section, _ kind: ActionKind) -> Bool {
        guard ActionKeys.alerts.value(in: section) else { return false }
        if kind.tellsPeople { return true }
        section.error(
            "alerts", "is for actions that tell people something: \(kinds.tellers.joined(separator: ", "))")
        return false
    }
}
