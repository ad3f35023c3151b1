import ArgumentParser

/// The command that a person types. A new command is a file in Commands/ and a name in this list.
@main
struct Hookledger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger",
        abstract: "Receives webhooks for a shop: verified, stored, done exactly once.",
        discussion: """
            Start with `hookledger up`: a private stack in one folder, with its own Postgres, nginx and certificate. \
            It touches nothing else on the machine, and `hookledger down` stops it and only it.

            Exit codes are those of sysexits.h: 0 done, 64 wrong usage, 69 something is missing or in use, 70 failed.
            """,
        subcommands: [
            Up.self, Down.self, Migrate.self, Verify.self, Sign.self, Send.self, Orders.self, Supervise.self,
            StandInSlack.self,
            Dead.self, JobsCommand.self, RulesCommand.self,
            Events.self, ReplayCommand.self, ConfigCommand.self, Doctor.self, NginxCommand.self,
            Token.self,
        ]
    )
}
