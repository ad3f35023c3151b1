import JSON
import Settings

/// The names of a configuration, for the manifest of a backup: what a new host must have, without any value.
enum ConfigurationNames {
    static func json(_ settings: Settings) -> JSONValue {
        [
            "file": settings.file.map { .string($0) } ?? .null,
            "sources": .array(settings.sources.map { .string($0.name) }),
            "actions": .array(settings.actions.map { .string($0.name) }),
            "rules": .array(settings.rules.map { .string($0.name) }),
            "signing_secrets": .array(
                Set(settings.sources.flatMap { $0.contracts.flatMap(\.secretNames) }).sorted().map { .string($0) }),
        ]
    }

    /// The id of each key that exists and may be read.
    static func keys(_ settings: Settings) -> [String: String] {
        Dictionary(
            settings.keys.paths.compactMap { name, path in
                ((try? KeyFile.existing(path)) ?? nil).map { (name, $0.id) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
