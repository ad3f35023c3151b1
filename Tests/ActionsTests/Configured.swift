import Actions
import Settings
import Webhooks

/// Actions as a configuration makes them.
enum Configured {
    /// The settings of that file.
    static func settings(_ yaml: String, _ environment: [String: String] = [:]) throws -> Settings {
        let yaml = "database: dbname=x\n" + yaml
        let input = SettingsInput(
            variable: { environment[$0] },
            readFile: { path in path == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil })
        return try Settings.load(
            path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
    }
}
