public import Jobs
import Platform
public import Settings

/// The actions of the configuration, ready to run.
public enum ActionTable {
    /// One action for each entry of `actions:`. One that can not run (its secret is not there) is among them: its jobs
    /// wait until it is mended, and are not lost.
    public static func actions(_ settings: Settings) -> [any Action] {
        settings.actions.map { action($0, in: settings) }
    }

    /// The kinds of actions whose destination takes the same request twice as two and can not be asked for it.
    public static let unaskableKinds = ["slack", "email"]

    /// The action of those settings.
    public static func action(_ settings: ActionSettings, in all: Settings) -> any Action {
        let found: (any Action)? =
            switch settings.kind {
            case "slack": SlackMessage(settings)
            case "http": EventPost(settings)
            case "printify": PrintifyOrder(settings)
            case "inventory":
                Inventory(settings, alertThrough: all.actions.filter(\.tellsAlerts).map(\.name))
            case "email": Email(settings, read: { template($0, beside: all.file) })
            case "fetch_order": FetchOrder(settings, in: all)
            case "knowledge_base": KnowledgeBase(settings, isOn: settings.isSwitchedOn(all.flags))
            case "cart_abandoned": CartAbandoned(settings)
            case "redact": Redact(settings)
            case "data_request": DataRequest(settings)
            default: nil
            }
        guard let found, settings.missing.isEmpty else {
            let reason = settings.missing.first ?? "its settings are not complete, or its kind is unknown"
            return UnavailableAction(settings, reason: reason)
        }
        return found
    }

    /// A file of `templates/` in the configuration's folder.
    private static func template(_ name: String, beside file: String?) -> String? {
        guard let file, !name.contains("/") else { return nil }
        return try? Files.readText(Files.parent(file) + "/templates/" + name, limit: 1 << 20)
    }
}
