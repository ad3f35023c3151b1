/// What a running program cannot change: it was opened, started or handed over at the start.
public struct ReloadLimits: Sendable {
    /// The settings in use.
    let old: Settings
    /// Those that were read now.
    let new: Settings

    /// Compares two readings of the configuration by the same program.
    public init(from old: Settings, to new: Settings) { (self.old, self.new) = (old, new) }

    /// What differs and needs a restart, one line each.
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
        return refusals
    }
}
