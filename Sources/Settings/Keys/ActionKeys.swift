/// The keys that every action may have; those of its kind are in ``ActionKind``.
enum ActionKeys {
    static let retries = Key.integer("retries", 0...20, standard: 3, "Attempts after the first one.")
    static let backoff = Key.duration(
        "backoff", .milliseconds(10) ... .seconds(3600), standard: .seconds(2),
        "The pause before the second attempt; it doubles with every further one.")
    static let giveUp = Key.duration(
        "give_up", .seconds(1) ... .days(30), standard: .days(1),
        "How long failures that are not counted (destination unreachable, 429, 502 to 504) are retried.")
    static let timeout = Key.duration(
        "timeout", .milliseconds(100) ... .seconds(600), standard: .seconds(30), "How long one attempt may last.")
    static let afterDead = Key.choice(
        "after_dead", standard: RetryPolicy.AfterDead.skip,
        "Later jobs of an order with a dead letter: `skip` runs them, `block` holds them until it is retried or "
            + "discarded.")
    static let alerts = Key.boolean(
        "alerts", standard: false, "Whether it also sends alerts; for actions that notify people.")

    /// - Parameter kinds: the names of the kinds that there are.
    static func common(_ kinds: [String]) -> ConfigurationSection {
        ConfigurationSection(
            "actions.NAME",
            [ConfigurationKey("kind", FormText.choice(kinds), "What it does. Required.")] + [
                retries.key, backoff.key, giveUp.key, timeout.key, afterDead.key, alerts.key,
            ])
    }
}

extension ActionKind {
    /// Its own keys, for the reference page.
    var section: ConfigurationSection {
        ConfigurationSection("actions.NAME (kind: \(name))", keys.map(\.reference))
    }
}

extension ActionKind.Key {
    var reference: ConfigurationKey {
        let need = isRequired ? " Required\(exemption.map { ", unless \($0.key) is \($0.word)" } ?? "")." : ""
        return ConfigurationKey(name, form.words, standard: standard, meaning + need)
    }
}

extension ActionKind.Key.Form {
    /// The allowed values, in words.
    fileprivate var words: String {
        switch self {
        case .text: "text"
        case .choice(let words): FormText.choice(words)
        case .secret: FormText.secret
        case .url: "an http or https URL"
        case .urlOrSecret: "an http or https URL, or \(FormText.secret)"
        case .integer(let range): FormText.integer(range)
        case .boolean: FormText.boolean
        case .duration(let range): FormText.duration(range)
        case .list: "a list of texts"
        case .headers: "header fields, each with a text or \(FormText.secret)"
        case .texts: "names, each with a text"
        case .teller: "the name of an action that notifies people"
        case .tellers: "names of actions that notify people"
        case .folder: "the path of a folder"
        case .source: "the name of a source"
        case .mapping:
            "places of the body (RFC 6901), each with a JSON pointer, or with `from` and `missing`, or with `value`"
        }
    }
}
