/// When an event of which kind leads to which actions.
public struct Rule: Sendable, Hashable {
    /// How often its effects happen.
    public enum Once: String, Sendable, CaseIterable {
        /// For each event.
        case event
        /// For each status that an order has.
        case status
        /// For each order.
        case order
    }

    /// Which events it takes, by whether they were verified (`event.verified`).
    public enum Verification: String, Sendable, CaseIterable {
        /// Verified ones, and all of a source that demands nothing: where the rule does not say.
        case standard
        /// Verified ones only.
        case verified = "true"
        /// Unverified ones only.
        case unverified = "false"
        /// All.
        case any
    }

    /// The name that jobs, `rules test` and the effects' keys use. When none is given, one such as `rule-3f9a1c` that is
    /// made of the condition: it stays the same when other rules come or go, but another condition makes another rule.
    public let name: String
    /// Its place in the configuration, from 0.
    public let index: Int
    /// All of these must hold; empty: every event.
    public let conditions: [Condition]
    /// The names of the actions to do.
    public let actions: [String]
    /// The rule counts while all of these flags are on.
    public let flags: [String]
    /// All of these must hold, and the event must have made them hold; empty: it need not.
    public let becomes: [Condition]
    /// The event must have changed one of these fields; empty: it need not.
    public let changed: [FieldPath]
    /// How often its effects happen; nil where it does not say, and each kind of action has its own way.
    public let once: Once?
    /// Which events it takes.
    public let verification: Verification

    /// A rule of those parts.
    public init(
        name: String, index: Int, conditions: [Condition], actions: [String], flags: [String] = [],
        becomes: [Condition] = [], changed: [FieldPath] = [], once: Once? = nil, verification: Verification = .standard
    ) {
        self.name = name
        self.index = index
        self.conditions = conditions
        self.actions = actions
        self.flags = flags
        self.becomes = becomes
        self.changed = changed
        self.once = once
        self.verification = verification
    }
}

/// What must hold for one field.
public struct Condition: Sendable, Hashable {
    /// The field.
    public let path: FieldPath
    /// All of these must hold for its value.
    public let tests: [Test]

    /// A condition on that field.
    public init(path: FieldPath, tests: [Test]) {
        self.path = path
        self.tests = tests
    }

    /// What a value is tested for.
    public enum Test: Sendable, Hashable {
        /// It equals one of these (`eq`, `in`, or nothing but the value).
        case anyOf([Operand])
        /// It equals none of these (`ne`).
        case noneOf([Operand])
        /// It is a number on that side of another.
        case number(Comparison, DecimalNumber)
        /// It is a text that begins so.
        case prefix(String)
        /// It is there and not null, or it is not.
        case exists(Bool)
    }

    /// The comparisons of numbers, by their names in the configuration.
    public enum Comparison: String, Sendable, CaseIterable {
        /// Greater.
        case greater = "gt"
        /// Greater or equal.
        case atLeast = "gte"
        /// Less.
        case less = "lt"
        /// Less or equal.
        case atMost = "lte"
    }
}

/// A value that a field is compared with.
public enum Operand: Sendable, Hashable {
    /// Text; equals a string of the same text and a number written so.
    case text(String)
    /// A number, written without quotes; equals a number, or a string that is one, of the same value.
    case number(DecimalNumber, literal: String)
    /// `true` or `false`, written without quotes.
    case bool(Bool)
    /// `null`: equals a field that was cleared.
    case null
}

/// Where a field is, such as `order.items.0.sku`.
public struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    /// The steps; never empty. In a list a step is a position from 0.
    public let steps: [String]

    /// The path of that text, its steps parted by dots.
    public init(_ text: String) {
        steps = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// The steps, parted by dots.
    public var description: String { steps.joined(separator: ".") }
}
