/// Reads `actions:`.
struct ActionReader {
    static let commonKeys = ["kind", "retries", "backoff", "give_up", "timeout", "after_dead", "alerts"]

    let secrets: SecretReader
    let problems: ProblemList
    /// The names of the sources, for actions that are told one.
    let sources: [String]

    func read(_ root: Section) -> [ActionSettings] {
        guard let section = root.section("actions", keys: nil) else { return [] }
        let kinds = section.all.map { ($0.key, Self.kind($0.value)) }
        let known = Dictionary(kinds, uniquingKeysWith: { _, last in last })
        return section.all.compactMap { entry in
            // One with a bad name is read all the same, so that its other mistakes are told, too.
            let isNamed = Names.check(entry, of: "action", problems)
            let action = read(entry, path: section.path(of: entry.key), known)
            return isNamed ? action : nil
        }
    }

    /// What is written as an action's kind, right or wrong.
    private static func kind(_ action: YAMLNode) -> String {
        action.mapping?.last { $0.key == "kind" }?.value.scalar?.text ?? ""
    }

    /// - Parameter known: the kind of every action, by its name.
    private func read(_ entry: YAMLEntry, path: String, _ known: [String: String]) -> ActionSettings? {
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
                if let lack = Self.lack(of: key, in: section) {
                    problems.error(section.line, "\(path) must have \(lack)")
                }
                continue
            }
            values[key.name] = ActionValueReader(
                secrets: secrets, section: section, key: key, actions: known, sources: sources
            ).read(&missing)
        }
        if kindName == "email" { Self.checkMailProgram(section) }
        for one in missing { problems.warn(section.line, "\(path) can not run: \(one)") }
        return ActionSettings(
            name: entry.key, kind: kindName, values: values, missing: missing, retry: RetrySettings(section),
            afterDead: section.choice("after_dead", ActionSettings.AfterDead.self) ?? .skip,
            tellsAlerts: tellsAlerts(section, kindName))
    }

    /// What to say of a key that is not written; nil when it need not be.
    private static func lack(of key: ActionKind.Key, in section: Section) -> String? {
        guard key.isRequired else { return nil }
        guard let exemption = key.exemption else { return key.name }
        if section[exemption.key]?.scalar?.text == exemption.word { return nil }
        return "\(key.name), unless \(exemption.key) is \(exemption.word)"
    }

    /// A program that takes mails as sendmail(8) does knows itself where they go: what is said of a server would be
    /// ignored.
    private static func checkMailProgram(_ section: Section) {
        guard section["host"]?.scalar?.text.hasPrefix("/") == true else { return }
        for key in ["port", "tls", "user", "password"] where section[key] != nil {
            section.error(
                key,
                "is for a mail server, but host is the path of a program, which has settings of its own: leave it out")
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
