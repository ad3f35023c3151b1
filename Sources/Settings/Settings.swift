import Verification

/// The whole configuration, checked. Immutable; its secrets do not print.
public struct Settings: Sendable {
    /// The configuration file; nil if everything comes from the environment.
    public let file: String?
    /// The purpose of the installation.
    public let environment: DeploymentEnvironment
    /// How Postgres is reached.
    public let database: DatabaseSettings
    /// The configured senders.
    public let sources: [SourceSettings]
    /// The kinds of actions that this program knows.
    public let kinds: [ActionKind]
    /// The configured actions.
    public let actions: [ActionSettings]
    /// The rules, in the order of the file.
    public let rules: [Rule]
    /// Switches for rules.
    public let flags: Flags
    /// The REST API.
    public let api: APISettings
    /// The folder of the spool; nil when no source spools and none is set.
    public let spool: String?
    /// The places of this installation's keys.
    public let keys: KeySettings
    /// Which private addresses actions may reach.
    public let addressGuard: AddressGuardSettings
    /// The log.
    public let log: LogSettings
    /// The receiver of webhooks.
    public let responder: ResponderSettings
    /// The limits of the batch processor.
    public let batch: BatchSettings
    /// The alerts.
    public let alerts: AlertSettings
    /// Jobs that are held.
    public let holds: HoldSettings
    /// Changes in the shape of bodies.
    public let drift: DriftSettings
    /// Where spans are sent; nil for nowhere.
    public let telemetry: TelemetrySettings?
    /// How long stored data is kept.
    public let retention: RetentionSettings
    /// Faults, warnings and notices, in the order of the file; no errors, because an error prevents settings.
    public let problems: [SettingsProblem]

    /// What is written there, and the number by which events and jobs name it.
    public let revision: ConfigurationRevision
    /// The systemd credentials that it names.
    let credentialNames: Set<String>
    let sourcesByPath: [String: Int]
    let actionsByName: [String: Int]

    /// The source with exactly this path.
    public func source(forPath path: String) -> SourceSettings? { sourcesByPath[path].map { sources[$0] } }

    /// The source of that name.
    public func source(named name: String) -> SourceSettings? { sources.first { $0.name == name } }

    /// The source that owns a contract's deliveries to a source's paths: that source, or the one in `kept_as`.
    public func owner(of contract: SourceSettings.Contract, at other: SourceSettings) -> SourceSettings {
        contract.keptAs.flatMap { source(named: $0) } ?? other
    }

    /// The names of the sources that take unsigned deliveries, because the configuration says so.
    public var unsignedSources: [String] {
        sources.filter { source in source.contracts.contains { $0.verification != .required } }.map(\.name)
    }

    /// Whether a source has no verification for a provider, so that all of its events are equal.
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
