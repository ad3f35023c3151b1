import JSON
import Webhooks

/// How a body shows which event it is of, where the event's name stands in a header that nobody signed.
struct EventEvidence: Sendable {
    /// The header with the event's name.
    let header: String
    /// The members that the body of each event has at least.
    let marks: [String: Set<String>]
    /// Members that most bodies have: they tell little.
    let common: Set<String>
    /// Members that the body of any event may have beside its own.
    let companions: Set<String>

    /// What a body says of the event that the header names.
    enum Finding {
        /// It bears that event out.
        case borneOut(String)
        /// It has the marks of other events.
        case contradicted(by: [String])
        /// It has no event's marks, or nobody knows the event.
        case silent

        /// The event's name, where the body bears it out.
        var name: String? { if case .borneOut(let name) = self { name } else { nil } }

        /// Why the name does not count; nil where it does.
        var contradiction: String? {
            guard case .contradicted(let others) = self else { return nil }
            return "the body is of the event " + others.joined(separator: " or ")
        }
    }

    /// Whether it is written as an event's name is: what holds a dot would read as an event with its action.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    /// Whether one of these events accounts for all that a body has. An event that the table does not know yet has members
    /// of its own; a body without any is a known event's, whatever name a stranger writes over it.
    private func isExplained(_ members: Set<String>, by events: [String]) -> Bool {
        events.contains { members.subtracting(marks[$0] ?? []).subtracting(common).isSubset(of: companions) }
    }

    /// Of the events whose marks the body has those with the most marks count: a comment on an issue has all that the issue
    /// has, and the comment besides.
    func finding(_ parts: PlacedParts) -> Finding {
        guard let name = parts.delivery.headers[header], let body = parts.json?.object else { return .silent }
        let members = Set(body.members.map(\.key))
        let fitting = marks.filter { $0.value.isSubset(of: members) }
        let weights = fitting.mapValues { $0.subtracting(common).count }
        guard let most = weights.values.max() else { return .silent }
        let best = weights.filter { $0.value == most }.keys.sorted()
        if best.contains(name) { return .borneOut(name) }
        let mayBeNew = marks[name] == nil && Self.isName(name) && !isExplained(members, by: best)
        return mayBeNew ? .silent : .contradicted(by: best)
    }
}
