/// The events that lead to actions.
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
        /// Verified ones, and all of a source without verification: the default.
        case standard
        /// Verified ones only.
        case verified = "true"
        /// Unverified ones only.
        case unverified = "false"
        /// All.
        case any
    }

    /// The name in jobs, `rules test` and the effects' keys. Without one, a name such as `rule-3f9a1c` made from the
    /// condition: it stays when other rules are added or removed, but another condition makes another rule.
    public let name: String
    /// Its place in the configuration, from 0.
    public let index: Int
    /// All of these must hold; empty: every event.
    public let conditions: [Condition]
    /// The names of the actions to run.
    public let actions: [String]
    /// The rule is on while all of these flags are.
    public let flags: [String]
    /// All of these must hold, and the event must have made them hold; empty: it need not.
    public let becomes: [Condition]
    /// The event must have changed one of these fields; empty: it need not.
    public let changed: [FieldPath]
    /// How often its effects happen; nil for the default of each kind of action.
    public let once: Once?
    /// Which events it takes.
    public let verification: Verification
    /// Whether it takes what a reconciliation found missing.
    public let reconciled: Bool

    /// A rule of those parts.
    public init(
        name: String, index: Int, conditions: [Condition], actions: [String], flags: [String] = [],
        becomes: [Condition] = [], changed: [FieldPath] = [], once: Once? = nil, verification: Verification = .standard,
        reconciled: Bool = true
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
        self.reconciled = reconciled
    }
}

/// The tests of one field.
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

    /// A test of a value.
    public enum Test: Sendable, Hashable {
        /// It equals one of these (`eq`, `in`, or nothing but the value).
        case anyOf([Operand])
        /// It equals none of these (`ne`).
        case noneOf([Operand])
        /// It is a number on this side of another.
        case number(Comparison, DecimalNumber)
        /// It is a text with this prefix.
        case prefix(String)
        /// Whether it is there and not null.
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

/// The path of a field, such as `order.items.0.sku`.
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
