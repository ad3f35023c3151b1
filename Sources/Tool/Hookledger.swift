import ArgumentParser
import Platform

/// The command that a person types. A new command is a file in Commands/ and a name in this list.
@main
struct Hookledger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger",
        abstract: "Receives webhooks for a shop: verified, stored, done exactly once.",
        discussion: """
            Start with `hookledger up`: a private stack in one folder with its own Postgres, nginx and certificate. \
            It touches nothing else on the machine, and `hookledger down` stops it and only it. `hookledger setup` sets \
            up a real host.

            Commands that read the configuration look for it in $HOOKLEDGER_CONFIG, ./hookledger.yaml and \
            /etc/hookledger/hookledger.yaml. Tables are for people; --json prints one object a line for programs.

            Exit codes follow sysexits.h: 0 done, 64 wrong usage, 69 something is missing or in use, 70 failed, \
            78 configuration error. Commands that answer a question exit with 1 for no, and all with 1 when the \
            named thing does not exist; sign, verify, send and events verify use 2 for wrong usage.
            """,
        version: Version.text,
        subcommands: [
            Up.self, Down.self, Migrate.self, Verify.self, Sign.self, Send.self, Orders.self, Supervise.self,
            StandInSlack.self,
            Events.self, ReplayCommand.self, ConfigCommand.self, Doctor.self, NginxCommand.self, Listen.self,
            Manual.self, Token.self,
            Dead.self, JobsCommand.self, Shops.self, RulesCommand.self, Comments.self, Report.self,
            ReconcileCommand.self, Authorize.self, Credentials.self, Backup.self, Restore.self,
            WebhooksCommand.self, PersonCommand.self, KeysCommand.self, RetentionCommand.self, Watch.self,
            AuditCommand.self, Refusals.self, ReloadCommand.self,
            Status.self, Sources.self, Pause.self, Resume.self, MCPCommand.self, CellsCommand.self,
            SetUp.self,
        ]
    )
}
