import Verification

/// The whole configuration, checked. Immutable; what is secret in it does not print.
public struct Settings: Sendable {
    /// The configuration file; nil when there is none and the environment says it all.
    public let file: String?
    /// What the installation is for.
    public let environment: DeploymentEnvironment
    /// How Postgres is reached.
    public let database: DatabaseSettings
    /// The configured senders.
    public let sources: [SourceSettings]
    /// The kinds of actions that this program knows.
    public let kinds: [ActionKind]
    /// The configured actions.
    public let actions: [ActionSettings]
    /// Which event leads to which actions, in the order of the file.
    public let rules: [Rule]
    /// Switches that rules ask for.
    public let flags: Flags
    /// The REST API.
    public let api: APISettings
    /// The folder of the spool; nil when no source spools and none is set.
    public let spool: String?
    /// Where the keys of this installation lie.
    public let keys: KeySettings
    /// Which private addresses actions may reach.
    public let addressGuard: AddressGuardSettings
    /// The log.
    public let log: LogSettings
    /// How much the batch processor does at once.
    public let batch: BatchSettings
    /// What people are told of.
    public let alerts: AlertSettings
    /// Jobs that are held.
    public let holds: HoldSettings
    /// For how long what is stored is kept.
    public let retention: RetentionSettings
    /// Faults, warnings and notices, in the order of the file; no errors, for with one there are no settings.
    public let problems: [SettingsProblem]

    let sourcesByPath: [String: Int]
    let actionsByName: [String: Int]

    /// The source whose deliveries come to that path, which must be equal to one of its paths.
    public func source(forPath path: String) -> SourceSettings? { sourcesByPath[path].map { sources[$0] } }

    /// The source of that name.
    public func source(named name: String) -> SourceSettings? { sources.first { $0.name == name } }

    /// The source to which the deliveries of a contract belong that came to one's paths: that one, or the one that it names.
    public func owner(of contract: SourceSettings.Contract, at other: SourceSettings) -> SourceSettings {
        contract.keptAs.flatMap { source(named: $0) } ?? other
    }

    /// The names of the sources that take unsigned deliveries, because the configuration says so.
    public var unsignedSources: [String] {
        sources.filter { source in source.contracts.contains { $0.verification != .required } }.map(\.name)
    }

    /// Whether a source demands nothing of the deliveries of a provider, so that all of its events are equal.
    public func demandsNothing(_ source: String, of provider: String) -> Bool {
        self.source(named: source)?.contract(of: provider)?.verification == VerificationPolicy.none
    }

    /// The action of that name.
    public func action(named name: String) -> ActionSettings? { actionsByName[name].map { actions[$0] } }

    /// The kind of action of that name.
    public func kind(named name: String) -> ActionKind? { kinds.first { $0.name == name } }

    /// The rule of that name.
    public func rule(named name: String) -> Rule? { rules.first { $0.name == name } }
}
