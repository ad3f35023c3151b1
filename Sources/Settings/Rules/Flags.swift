/// Switches for rules, by name.
public struct Flags: Sendable, Hashable {
    /// Every flag, and whether it is on.
    public let states: [String: Bool]

    /// The guides' variables and the flags that they set; all are off by default.
    static let ofGuides = [
        ("WEBHOOK_SEND_ORDER_CONFIRMATION", "send_order_confirmation"),
        ("WEBHOOK_SEND_WELCOME_MESSAGE", "send_welcome_message"),
        ("WEBHOOK_AUTO_SYNC_PRODUCTS", "auto_sync_products"),
    ]

    /// Flags of those names and states.
    public init(_ states: [String: Bool]) { self.states = states }

    /// Whether a flag is on; an undefined flag is off.
    public func isOn(_ name: String) -> Bool { states[name] ?? false }

    /// Reads `flags:`; missing flags come from the guides' variables.
    static func read(_ root: Section, _ variables: Variables) -> Flags {
        var states: [String: Bool] = [:]
        let section = root.section("flags", keys: nil)
        for entry in section?.all ?? [] where Names.check(entry, of: "flag", root.problems) {
            if entry.value.isNull { section?.error(entry.key, "must be true or false") }
            // A flag with a wrong value still exists: rules with it are not wrong, too.
            states[entry.key] = section?.boolean(entry.key) ?? false
        }
        for (variable, name) in ofGuides where states[name] == nil {
            states[name] = variables.boolean(variable, problems: root.problems) ?? false
        }
        return Flags(states)
    }
}
