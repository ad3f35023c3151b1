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

    /// Of the events with matching marks, those with the most marks are used: a comment on an issue has all of the
    /// issue's marks, and the comment's.
    func finding(_ parts: PlacedParts) -> Finding {
        guard let name = parts.delivery.headers[header], let body = parts.json?.object else { return .silent }
        guard marks[name] != nil else { return .silent }
        let members = Set(body.members.map(\.key))
        let fitting = marks.filter { $0.value.isSubset(of: members) }
        let weights = fitting.mapValues { $0.subtracting(common).count }
        guard let most = weights.values.max() else { return .silent }
        let best = weights.filter { $0.value == most }.keys.sorted()
        return best.contains(name) ? .borneOut(name) : .contradicted(by: best)
    }
}
