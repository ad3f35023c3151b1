public import Settings

/// Whether a condition holds, in three values: an event may not say.
public enum Truth: Sendable, Hashable {
    /// It holds.
    case `true`
    /// It does not.
    case `false`(Reason)
    /// The field is not there, or its value can not be compared.
    case unknown(Reason)

    /// Why a condition does not hold, or can not be told to.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// What about the field.
        public enum Kind: Sendable, Hashable {
            /// It is something else: its value as JSON text, shortened.
            case differs(String)
            /// It was not sent.
            case missing
            /// The event is about no record of that kind.
            case noRecord
            /// Its value can not be compared in that way: a mistake in the rule.
            case notComparable(String)
            /// The event has not changed it.
            case notChanged
            /// The event did not make it what the rule asks for.
            case differed
            /// It was what the rule asks for before the event.
            case heldBefore
            /// Whether the event changes it is known when the event is stored.
            case changeUnknown
        }

        /// The field.
        public let path: FieldPath
        /// What about it.
        public let kind: Kind

        /// One phrase, such as `order.status is "UNPAID"`.
        public var description: String {
            switch kind {
            case .differs(let value): "\(path) is \(value)"
            case .missing: "\(path) was not sent"
            case .noRecord: "it is about no \(path.steps.first ?? "record")"
            case .notComparable(let value): "\(path) can not be compared: it is \(value)"
            case .notChanged: "the event did not change \(path)"
            case .differed: "the event made \(path) something else"
            case .heldBefore: "\(path) was so before the event"
            case .changeUnknown: "whether the event changes \(path) is known when it is stored"
            }
        }
    }

    /// Whether it holds for certain.
    public var isTrue: Bool { self == .true }

    /// Why it does not hold, or can not be told to; nil when it holds.
    public var reason: Reason? {
        switch self {
        case .true: nil
        case .false(let reason), .unknown(let reason): reason
        }
    }
}
