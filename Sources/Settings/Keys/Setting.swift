/// A key with its reader, range and default: the one definition of each.
struct Setting<Value: Sendable>: Sendable {
    /// The key as the reference page shows it.
    let key: ConfigurationKey
    /// The default.
    let standard: Value
    /// The written value; nil if the key is absent or, after a report, if the value is not allowed.
    let written: @Sendable (Section) -> Value?

    /// The written value, else the default.
    /// - Parameter section: the section with the key; nil when it is absent.
    func value(in section: Section?) -> Value { section.flatMap(written) ?? standard }
}

/// Makes keys.
enum Key {
    /// A whole number.
    static func integer(
        _ name: String, _ range: ClosedRange<Int>, standard: Int, _ meaning: String
    ) -> Setting<Int> {
        Setting<Int>(
            key: ConfigurationKey(name, FormText.integer(range), standard: "\(standard)", meaning), standard: standard,
            written: { $0.integer(name, range) })
    }

    /// A whole number without a default.
    /// - Parameter absent: the rule for an absent key, in words.
    static func integer(
        _ name: String, _ range: ClosedRange<Int>, absent: String? = nil, _ meaning: String
    ) -> Setting<Int?> {
        Setting<Int?>(
            key: ConfigurationKey(name, FormText.integer(range), standard: absent, meaning), standard: nil,
            written: { $0.integer(name, range) })
    }

    /// A time.
    static func duration(
        _ name: String, _ range: ClosedRange<Duration>, standard: Duration, _ meaning: String
    ) -> Setting<Duration> {
        Setting<Duration>(
            key: ConfigurationKey(
                name, FormText.duration(range), standard: DurationText.write(standard), meaning),
            standard: standard, written: { $0.duration(name, range) })
    }

    /// A time without a default.
    /// - Parameter absent: the rule for an absent key, in words.
    static func duration(
        _ name: String, _ range: ClosedRange<Duration>, absent: String? = nil, _ meaning: String
    ) -> Setting<Duration?> {
        Setting<Duration?>(
            key: ConfigurationKey(name, FormText.duration(range), standard: absent, meaning), standard: nil,
            written: { $0.duration(name, range) })
    }

    /// A truth value.
    static func boolean(_ name: String, standard: Bool, _ meaning: String) -> Setting<Bool> {
        Setting<Bool>(
            key: ConfigurationKey(name, FormText.boolean, standard: "\(standard)", meaning), standard: standard,
            written: { $0.boolean(name) })
    }

    /// One of some words.
    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, standard: Choice, _ meaning: String
    ) -> Setting<Choice> {
        Setting<Choice>(
            key: ConfigurationKey(
                name, FormText.choice(Choice.allCases.map(\.rawValue)), standard: standard.rawValue, meaning),
            standard: standard, written: { $0.choice(name, Choice.self) })
    }

    /// One of some words, without a default.
    /// - Parameter absent: the rule for an absent key, in words.
    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _: Choice.Type, absent: String? = nil, _ meaning: String
    ) -> Setting<Choice?> {
        Setting<Choice?>(
            key: ConfigurationKey(
                name, FormText.choice(Choice.allCases.map(\.rawValue)), standard: absent, meaning),
            standard: nil, written: { $0.choice(name, Choice.self) })
    }

    /// A path without a default in the file.
    /// - Parameter absent: the rule for an absent key, in words.
    static func path(_ name: String, absent: String, _ meaning: String) -> Setting<String?> {
        Setting<String?>(
            key: ConfigurationKey(name, "a path; relative ones start at this file's folder", standard: absent, meaning),
            standard: nil, written: { $0.text(name) })
    }

    /// A single value.
    static func text(
        _ name: String, _ form: String, standard: String, _ meaning: String
    ) -> Setting<String> {
        Setting<String>(
            key: ConfigurationKey(name, form, standard: standard, meaning), standard: standard,
            written: { $0.text(name) })
    }
}

extension Duration {
    /// Days of 24 hours.
    static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}
