import ArgumentParser

/// `hookledger audit`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove that what was answered 2xx is stored, and that nobody changed the operator log.",
        subcommands: [AuditRun.self, AuditVerify.self, AuditPrune.self], defaultSubcommand: AuditRun.self)
}
