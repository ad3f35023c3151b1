/// Every key of `hookledger.yaml` but those of custom schemes. The readers open their sections with these, the nearest of
/// them is suggested for an unknown key, and docs/configuration.md lists them.
public enum ConfigurationKeys {
    /// The sections of the file, in the order of the reference page, without those of kinds of actions.
    public static let all: [ConfigurationSection] = [
        FileKeys.section, DatabaseKeys.section, DatabaseKeys.roles, SourceKeys.source, SourceKeys.contract,
        SourceKeys.secrets, SourceKeys.unsigned, SourceKeys.shops, SourceKeys.reconcile, SourceKeys.webhooks,
        SourceKeys.app, RuleKeys.section, RuleKeys.tests, APIKeys.section, AddressGuardKeys.section, LogKeys.section,
        RetentionKeys.section,
        ResponderKeys.section, BatchKeys.section, BatchKeys.destination, AlertKeys.section, AlertKeys.refusals,
        KeyKeys.section,
        HoldKeys.section, DriftKeys.section, QuarantineKeys.section, TelemetryKeys.section, LastResortKeys.section,
    ]

    /// The same, with the keys of actions.
    /// - Parameter kinds: the kinds of actions that there are.
    public static func all(with kinds: [ActionKind]) -> [ConfigurationSection] {
        let actions = [ActionKeys.common(kinds.map(\.name))] + kinds.filter { !$0.keys.isEmpty }.map(\.section)
        let place = all.firstIndex { $0.path == RuleKeys.section.path } ?? all.endIndex
        return all[..<place] + actions + all[place...]
    }

    /// docs/configuration.md
    /// - Parameter kinds: the kinds of actions that there are.
    public static func page(_ kinds: [ActionKind]) -> String {
        """
        # Configuration keys

        Every key of `hookledger.yaml`. [packaging/hookledger.yaml](../packaging/hookledger.yaml) shows each in its place,
        `hookledger config check` reports all mistakes with their lines, and `hookledger config keys` prints this list. Names in
        capitals, such as `NAME`, are yours. A time is written 500ms, 30s, 10min, 24h or 7d; a plain number is seconds. A
        reference to a secret is `{ env: NAME }`, `{ file: PATH }` or `{ credential: NAME }`.

        """ + all(with: kinds).map(table).joined()
    }

    private static func table(_ section: ConfigurationSection) -> String {
        let rows = section.keys.map { key in
            "| `\(key.name)` | \(key.form) | \(key.standard.map { "`\($0)`" } ?? "") | \(key.meaning) |\n"
        }
        let title = section.path.isEmpty ? "The file" : "`\(section.path)`"
        return "\n## \(title)\n\n| key | allowed | default | meaning |\n|---|---|---|---|\n" + rows.joined()
    }
}
