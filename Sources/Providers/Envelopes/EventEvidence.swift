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

    /// Of the events whose marks the body has those with the most marks count: a comment on an issue has all that the issue
    /// has, and the comment besides.
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
