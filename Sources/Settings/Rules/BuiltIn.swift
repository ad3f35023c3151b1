/// What is there without being written: the actions of kinds with a standing event, such as the visit without which Amazon
/// SNS sends nothing.
///
/// A source of the event's provider brings an action and a rule with the kind's name. What the file calls by that name
/// counts instead, so that an operator can change either.
struct BuiltIn {
    private let standing: [(kind: ActionKind, event: ActionKind.Standing)]

    init(_ kinds: ActionKinds, for sources: [SourceSettings]) {
        standing = kinds.all.compactMap { kind in kind.standing.map { (kind, $0) } }.filter { _, event in
            sources.contains { $0.providers.contains(event.provider) }
        }
    }

    /// What is written, and what the sources bring.
    func actions(_ written: [ActionSettings]) -> [ActionSettings] {
        written
            + standing.map(\.kind).filter { kind in !written.contains { $0.name == kind.name } }.map { kind in
                ActionSettings(name: kind.name, kind: kind, values: [:], missing: [])
            }
    }

    /// What is written, and what the sources bring.
    func rules(_ written: [Rule]) -> [Rule] {
        let missing = standing.filter { one in !written.contains { $0.name == one.kind.name } }
        return written
            + missing.enumerated().map { place, one in
                let conditions = [("provider", one.event.provider), ("type", one.event.type)].map { field, text in
                    Condition(path: FieldPath(field), tests: [.anyOf([.text(text)])])
                }
                return Rule(
                    name: one.kind.name, index: written.count + place, conditions: conditions, actions: [one.kind.name])
            }
    }
}
