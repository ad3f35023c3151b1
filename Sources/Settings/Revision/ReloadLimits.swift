import Providers
import Verification

/// What a running program does not change: what was opened, started or handed over at the start, and what works and would stop.
public struct ReloadLimits: Sendable {
    /// The settings in use.
    let old: Settings
    /// Those that were read now.
    let new: Settings

    /// Compares two readings of the configuration by the same program.
    public init(from old: Settings, to new: Settings) { (self.old, self.new) = (old, new) }

    /// What keeps the new settings from being used, one line each: changes that need a restart, and secrets that are gone.
    /// - Parameter role: the database role of the program.
    public func refusals(_ role: DatabaseSettings.Role) -> [String] {
        var refusals: [String] = []
        func check(_ same: Bool, _ text: String) {
            if !same { refusals.append("\(text): restart the program") }
        }
        check(
            old.database.connection(for: role).conninfo == new.database.connection(for: role).conninfo,
            "database: its connections were opened at the start")
        check(old.environment == new.environment, "environment: it is decided at the start")
        check(old.log.level == new.log.level, "log.level: it is set at the start")
        if role == .ingest {
            check(old.responder == new.responder, "responder.committers: its threads were made at the start")
            check(old.spool == new.spool, "spool: its folder was opened at the start")
            check(old.keys.credentials == new.keys.credentials, "keys.credentials: the key was read at the start")
        }
        for name in new.credentialNames.subtracting(old.credentialNames).sorted() {
            refusals.append(
                "credential \(name): systemd hands credentials over at the start: add LoadCredential=\(name) to the unit, "
                    + "and restart the program")
        }
        return refusals + lostSecrets
    }

    /// Sources that could verify, and could not do so with the new settings. At a start a secret may still be added later.
    private var lostSecrets: [String] {
        new.sources.flatMap { source in
            source.contracts.compactMap { contract -> String? in
                let (provider, before) = (contract.provider, old.source(named: source.name))
                guard let was = before?.contract(of: provider.name), was.verification != .none,
                    was.keyring.problems(for: was.provider.scheme).isEmpty
                else { return nil }
                let problems = contract.keyring.problems(for: provider.scheme)
                if problems.isEmpty || contract.verification == .none { return nil }
                return "sources.\(source.name): \(provider.name): \(problems.joined(separator: "; ")); "
                    + "its deliveries would be answered 503"
            }
        }
    }
}
