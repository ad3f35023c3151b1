public import Crypto

/// One configured action: what a rule's job does.
public struct ActionSettings: Sendable {
    /// What rules call it.
    public let name: String
    /// What it does.
    public let kind: ActionKind
    /// The checked values of its kind's keys.
    public private(set) var values: [String: ActionValue]
    /// The required values that are absent, each with what to do; empty when all is well.
    public let missing: [String]
    /// How its failed attempts are repeated.
    public let retry: RetryPolicy
    /// How long one attempt may last.
    public let timeout: Duration
    /// Whether it tells people of dead letters and of what `alerts:` names.
    public let tellsAlerts: Bool
    /// The first mistake in it, which disables it; nil when there is none.
    public private(set) var fault: String?

    init(
        name: String, kind: ActionKind, values: [String: ActionValue], missing: [String],
        retry: RetryPolicy = .standard, timeout: Duration = ActionKeys.timeout.value(in: nil), tellsAlerts: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.values = values
        self.missing = missing
        self.retry = retry
        self.timeout = timeout
        self.tellsAlerts = tellsAlerts
    }

    /// An action of which not even the kind is known.
    static func unreadable(_ name: String) -> ActionSettings {
        ActionSettings(
            name: name, kind: ActionKind("unknown", []), values: [:], missing: [])
    }

    /// The same, disabled by that mistake.
    func disabled(_ fault: String) -> ActionSettings {
        var action = self
        action.fault = fault
        return action
    }

    /// The same with these secrets.
    public func with(_ secrets: [String: SecretBytes]) -> ActionSettings {
        var action = self
        action.values.merge(secrets.mapValues(ActionValue.secret)) { $1 }
        return action
    }

    /// Whether the flag is on that its kind asks for, if it asks for one.
    public func isSwitchedOn(_ flags: Flags) -> Bool { kind.flag.map(flags.isOn) ?? true }

    /// The text (also of a choice) under that key.
    public func text(_ key: String) -> String? { if case .text(let text) = values[key] { text } else { nil } }

    /// The secret under that key.
    public func secret(_ key: String) -> SecretBytes? {
        if case .secret(let secret) = values[key] { secret } else { nil }
    }

    /// The whole number under that key.
    public func integer(_ key: String) -> Int? { if case .integer(let value) = values[key] { value } else { nil } }

    /// The truth value under that key.
    public func boolean(_ key: String) -> Bool? { if case .boolean(let value) = values[key] { value } else { nil } }

    /// The time under that key.
    public func duration(_ key: String) -> Duration? {
        if case .duration(let value) = values[key] { value } else { nil }
    }

    /// The list under that key; empty when absent.
    public func list(_ key: String) -> [String] { if case .list(let texts) = values[key] { texts } else { [] } }

    /// The shape of a body under that key.
    public func mapping(_ key: String) -> BodyMapping? {
        if case .mapping(let mapping) = values[key] { mapping } else { nil }
    }

    /// The named values under that key, each a text or a secret, by name; empty when absent.
    public func table(_ key: String) -> [(name: String, value: ActionValue)] {
        if case .table(let table) = values[key] {
            table.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        } else {
            []
        }
    }
}

/// A value of an action.
public enum ActionValue: Sendable {
    /// Text.
    case text(String)
    /// A secret that was given by reference.
    case secret(SecretBytes)
    /// A whole number.
    case integer(Int)
    /// A truth value.
    case boolean(Bool)
    /// A time.
    case duration(Duration)
    /// A list of texts.
    case list([String])
    /// Named texts and secrets.
    case table([String: ActionValue])
    /// The shape of a body.
    case mapping(BodyMapping)
}
