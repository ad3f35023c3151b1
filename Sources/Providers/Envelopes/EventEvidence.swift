import JSON
import Webhooks

/// How a body shows its event, if the event's name is in an unsigned header.
struct EventEvidence: Sendable {
    /// The header with the event's name.
    let header: String
    /// The members that the body of each event has at least.
    let marks: [String: Set<String>]
    /// Members that most bodies have, which prove little.
    let common: Set<String>
    /// Members that the body of any event may have beside its own.
    let companions: Set<String>

    /// The relation of a body to the event in the header.
    enum Finding {
        /// It confirms the event.
        case borneOut(String)
        /// It has the marks of other events.
        case contradicted(by: [String])
        /// It has no event's marks, or the event is unknown.
        case silent

        /// The event's name, if the body confirms it.
        var name: String? { if case .borneOut(let name) = self { name } else { nil } }

        /// Why the name is not used; nil if it is.
        var contradiction: String? {
            guard case .contradicted(let others) = self else { return nil }
            return "the body is of the event " + others.joined(separator: " or ")
        }
    }

    /// Whether it has the form of an event's name. A name with a dot would read as an event with its action.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    /// Whether one of these events explains every member of a body. An event that is missing from the table has members of
    /// its own. A body without such members belongs to a known event, even if a stranger sends it under another name.
    private func isExplained(_ members: Set<String>, by events: [String]) -> Bool {
        events.contains { members.subtracting(marks[$0] ?? []).subtracting(common).isSubset(of: companions) }
    }

    /// Of the events with matching marks, those with the most marks are used: a comment on an issue has all of the
    /// issue's marks, and the comment's.
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
