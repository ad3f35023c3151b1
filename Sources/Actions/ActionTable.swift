public import Jobs
public import Settings
import Webhooks

/// A kind of action, as its own file declares it.
protocol ConfiguredAction: Action {
    /// What others need to know of the kind.
    static var kind: ActionKind { get }
    /// Whether an action of the kind runs while its secrets are absent, because only its follow-ups use them.
    static var decidesWithoutSecrets: Bool { get }

    /// - Returns: nil when a setting is absent that it needs.
    init?(_ settings: ActionSettings, in all: Settings)
    /// The actions that run its follow-ups.
    static func followUps(of settings: ActionSettings, in all: Settings) -> [any Action]
    /// The text that a dry run shows of it (`rules test`, `events replay --dry-run`): what it would send, by its settings
    /// alone, because a secret may be missing; nil if it cannot say. ``JobSubject/init(previewing:)`` fills templates.
    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String?
}

extension ConfiguredAction {
    /// The kind of all of them.
    var kind: ActionKind { Self.kind }
    /// It needs them.
    static var decidesWithoutSecrets: Bool { false }
    /// None.
    static func followUps(of settings: ActionSettings, in all: Settings) -> [any Action] { [] }
    /// It cannot.
    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? { nil }
}

/// The kinds of actions that there are, and the actions of a configuration, ready to run.
public enum ActionTable {
    static let all: [any ConfiguredAction.Type] = [
        SlackMessage.self,
        Email.self,
        EventPost.self,
        ACPOrderEvent.self,
        UCPOrderEvent.self,
        PrintifyOrder.self,
        TrackShipment.self,
        CancelPrint.self,
        FulfillOrder.self,
        FetchOrder.self,
        ProviderListing.self,
        KnowledgeBase.self,
        CartAbandoned.self,
        Redact.self,
        DataRequest.self,
        MessageCustomer.self,
        ModerateComment.self,
        Inventory.self,
        ConfirmSubscription.self,
        Note.self,
    ]

    /// For `Settings.load`.
    public static let kinds = all.map { $0.kind }

    /// The actions of each entry of `actions:`: its own, and those that run its follow-ups. One that cannot run (its
    /// secret is absent, or it has a mistake) is among them: its jobs wait until the configuration is fixed, and are not
    /// lost.
    public static func actions(_ settings: Settings) -> [any Action] {
        settings.actions.flatMap { one in
            let followUps = type(of: one)?.followUps(of: one, in: settings) ?? []
            guard let fault = one.fault else { return [action(one, in: settings)] + followUps }
            return [action(one, in: settings)]
                + followUps.map { UnavailableAction(one, name: $0.name, reason: fault, isDisabled: true) }
        }
    }

    /// The action of those settings.
    public static func action(_ settings: ActionSettings, in all: Settings) -> any Action {
        if let fault = settings.fault { return UnavailableAction(settings, reason: fault, isDisabled: true) }
        let type = type(of: settings)
        guard settings.missing.isEmpty || type?.decidesWithoutSecrets == true,
            let found = type?.init(settings, in: all)
        else {
            let reason = settings.missing.first ?? "its settings are not complete, or its kind is unknown"
            return UnavailableAction(settings, reason: reason)
        }
        return found
    }

    /// What an action would send, in words; nil if its kind cannot say. Needs no secret.
    public static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        type(of: settings)?.preview(settings, of: subject)
    }

    private static func type(of settings: ActionSettings) -> (any ConfiguredAction.Type)? {
        all.first { $0.kind == settings.kind }
    }
}
