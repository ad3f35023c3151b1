public import Jobs
import Platform
public import Settings

/// The actions of the configuration, ready to run.
public enum ActionTable {
    /// The actions of each entry of `actions:`: its own, and the one that runs its follow-ups. One that can not run (its
    /// secret is not there) is among them: its jobs wait until it is mended, and are not lost.
    public static func actions(_ settings: Settings) -> [any Action] {
        settings.actions.flatMap { one in [action(one, in: settings), followUp(one, in: settings)].compactMap { $0 } }
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
            case "cart_abandoned": CartAbandoned(settings, in: all)
            case "redact": Redact(settings, in: all)
            case "data_request": DataRequest(settings, in: all)
            case "confirm_subscription": ConfirmSubscription(settings)
            case "message_customer": MessageCustomer(settings, flags: all.flags, delivery: delivery(settings, in: all))
            case "moderate_comment": ModerateComment(settings)
            default: nil
            }
        guard let found, settings.missing.isEmpty || decidesAlone.contains(settings.kind) else {
            let reason = settings.missing.first ?? "its settings are not complete, or its kind is unknown"
            return UnavailableAction(settings, reason: reason)
        }
        return found
    }

    /// The kinds that need none of their secrets themselves: only their follow-ups do.
    private static let decidesAlone = ["moderate_comment"]

    /// The action that runs the follow-ups of those settings; nil for kinds without any.
    private static func followUp(_ settings: ActionSettings, in all: Settings) -> (any Action)? {
        switch settings.kind {
        case "message_customer":
            guard let (name, carrier) = carrier(settings, in: all) else { return nil }
            guard let carrier = carrier as? any Carrier else {
                let reason = all.action(named: name)?.missing.first ?? "\(name) can carry no messages"
                return UnavailableAction(settings, name: MessageDelivery.name(of: settings.name), reason: reason)
            }
            return MessageDelivery(of: settings.name, through: carrier, retryPolicy: RetryPolicy(settings))
        case "moderate_comment":
            guard let api = CommentAPIs.api(settings), settings.missing.isEmpty else {
                let reason = settings.missing.first ?? "its settings are not complete"
                return UnavailableAction(settings, name: CommentDeletion.followUp(settings).action, reason: reason)
            }
            return CommentDeletion(of: settings.name, through: api, retryPolicy: RetryPolicy(settings))
        default: return nil
        }
    }

    private static func carrier(_ settings: ActionSettings, in all: Settings) -> (name: String, action: any Action)? {
        settings.text("through").flatMap(all.action(named:)).map { ($0.name, action($0, in: all)) }
    }

    private static func delivery(_ settings: ActionSettings, in all: Settings) -> FollowUp? {
        carrier(settings, in: all).map { _, carrier in
            FollowUp(
                action: MessageDelivery.name(of: settings.name), kind: carrier.kind,
                attempts: settings.retry.retries + 1)
        }
    }

    /// A file of `templates/` in the configuration's folder.
    private static func template(_ name: String, beside file: String?) -> String? {
        guard let file, !name.contains("/") else { return nil }
        return try? Files.readText(Files.parent(file) + "/templates/" + name, limit: 1 << 20)
    }
}
