public import JSON
public import Settings

/// Whether a condition holds, in three values: an event may lack the field.
public enum Truth: Sendable, Hashable {
    /// It holds.
    case `true`
    /// It does not.
    case `false`(Reason)
    /// The field is not there, or its value cannot be compared.
    case unknown(Reason)

    /// Why a condition does not hold or is undecided.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// The kind of reason.
        public enum Kind: Sendable, Hashable {
            /// It has another value.
            case differs(JSONValue)
            /// It was not sent.
            case missing
            /// The event is about no record of that kind.
            case noRecord
            /// Its value cannot be compared this way: a mistake in the rule.
            case notComparable(JSONValue)
            /// The event has not changed it.
            case notChanged
            /// The event did not give it the rule's value.
            case differed
            /// It had the rule's value before the event.
            case heldBefore
            /// Whether the event changes it is known only once the event is stored.
            case changeUnknown
        }

        /// The field.
        public let path: FieldPath
        /// The kind of reason.
        public let kind: Kind

        /// One phrase, such as `order.status is "UNPAID"`.
        public var description: String {
            switch kind {
            case .differs(let value): "\(path) is \(value.excerpt)"
            case .missing: "\(path) was not sent"
            case .noRecord: "the event is about no \(path.steps.first ?? "record")"
            case .notComparable(let value): "\(path) cannot be compared: it is \(value.excerpt)"
            case .notChanged: "the event did not change \(path)"
            case .differed: "the event changed \(path) to something else"
            case .heldBefore: "\(path) already had this value before the event"
            case .changeUnknown: "whether the event changes \(path) is known only once it is stored"
            }
        }
    }

    /// Whether it holds for certain.
    public var isTrue: Bool { self == .true }

    /// Why it does not hold or is undecided; nil when it holds.
    public var reason: Reason? {
        switch self {
        case .true: nil
        case .false(let reason), .unknown(let reason): reason
        }
    }
}

extension JSONValue {
    /// A value in an explanation: its JSON text, up to 60 characters.
    fileprivate var excerpt: String {
        switch self {
        case .array: return "a list"
        case .object: return "an object"
        default:
            let text = text
            return text.count <= 60 ? text : text.prefix(59) + "…"
        }
    }
}
