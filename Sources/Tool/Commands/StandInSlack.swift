import ArgumentParser
import FastCGI
import Platform

/// `hookledger stand-in-slack`: keeps Slack's contract for incoming webhooks, for stacks that have no Slack.
struct StandInSlack: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stand-in-slack", abstract: "Answer as a Slack incoming webhook does (FastCGI).",
        discussion: "Writes each message as one JSON line to standard error.", shouldDisplay: false)

    func run() throws {
        try reportingErrors {
            guard !Server.isStartedByHand() else { throw ValidationError("must be started by spawn-fcgi") }
            var configuration = ServerConfiguration()
            configuration.workers = 1
            try Server(configuration: configuration, handler: SlackEndpoint()).run()
        }
    }
}
