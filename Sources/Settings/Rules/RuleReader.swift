import Providers

/// Reads `rules:`, which may name only what is configured: sources, providers, actions and flags.
struct RuleReader {
    private let problems: ProblemList
    private let actions: [String]
    /// The actions that no rule runs, each with its kind.
    private let idle: [String: ActionKind]
    private let flags: [String]
    private let conditions: ConditionReader
    private let hints: RuleHints

    /// Actions are known by their written names, so that a mistake in one is not reported again by every rule that
    /// names it.
    init(_ root: Section, sources: [SourceSettings], flags: Flags, kinds: ActionKinds) {
        problems = root.problems
        actions = root["actions"]?.mapping?.map(\.key) ?? []
        idle = kinds.ofActions(root).filter(\.value.isListing)
        self.flags = flags.states.keys.sorted()
        hints = RuleHints(root, sources: sources, kinds: kinds)
        let written = root["sources"]?.mapping?.map(\.key) ?? []
        conditions = ConditionReader(
            problems: root.problems,
            known: [
                "source": Set(written).union(sources.map(\.name)).sorted(),
                "provider": ProviderRegistry.all.map(\.name),
            ])
    }

    func read(_ root: Section) -> [Rule] {
        guard let node = root["rules"] else { return [] }
        guard let nodes = node.sequence else {
            problems.error(node.line, "rules must be a list, each element with do: and mostly when:, not \(node.kind)")
            return []
        }
        var names: Set<String> = []
        var unnamed = RuleNames()
        return nodes.enumerated().compactMap { index, node in
            let path = "rules[\(index)]"
            guard let section = Section(node, path: path, keys: RuleKeys.section.names, problems: problems) else {
                return nil
            }
            let (when, becomes) = (conditions.read(section), conditions.read(section, "becomes"))
            let (changed, verification) = (conditions.changed(section), conditions.verification(section))
            let name =
                section.text("name")
                ?? unnamed.name(of: when, becomes: becomes, changed: changed, verification: verification)
            // One with a bad name is read as well, so that its other mistakes are reported, too.
            _ = Names.check(name, line: section.line(of: "name"), of: "rule", problems)
            if !names.insert(name).inserted {
                section.error("name", "is used by another rule: \"\(name)\"; give each rule its own name")
            }
            let rule = Rule(
                name: name, index: index, conditions: when,
                actions: known("do", section, "action", among: actions),
                flags: known("flags", section, "flag", among: flags), becomes: becomes, changed: changed,
                once: section.choice("once", Rule.Once.self), verification: verification,
                reconciled: RuleKeys.reconciled.value(in: section))
            hints.give(rule, section)
            return rule
        }
    }

    private func known(_ key: String, _ section: Section, _ kind: String, among known: [String]) -> [String] {
        let texts = section.texts(key) ?? []
        if key == "do", texts.isEmpty, section[key]?.mapping == nil {
            problems.error(section.line(of: key), "\(section.path) must name what to do, such as do: [ops]")
        }
        return texts.compactMap { text, line in
            if key == "do", let kind = idle[text] {
                problems.error(
                    line,
                    "\(section.path(of: key)): \(text) is of kind \(kind.name), which serves reconcile: and webhooks: of a "
                        + "source only")
                return nil
            }
            if known.contains(text) { return text }
            problems.error(
                line,
                "unknown \(kind) \(section.quoted(text)) in \(section.path(of: key))"
                    + Suggestion.phrase(for: text, among: known))
            return nil
        }
    }
}
