import ArgumentParser

/// `hookledger refusals`
struct Refusals: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refusals", abstract: "List, show and release refused deliveries that are kept whole.",
        discussion: """
            Deliveries that were refused for their signature or time and look like the source's own are kept for \
            quarantine.keep (3 days). After a secret was corrected, release verifies each again as of when it came.
            """,
        subcommands: [RefusalsList.self, RefusalsShow.self, RefusalsRelease.self])
}
