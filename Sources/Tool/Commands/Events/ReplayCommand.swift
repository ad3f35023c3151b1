import ArgumentParser
import Ledger

/// `hookledger events replay`
struct EventsReplay: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Replay events by id.", discussion: ReplayArguments.discussion)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "Event ids.")
    var ids: [Int64]

    @OptionGroup var replay: ReplayArguments

    var cellScope: CellScope { .rows(ids) }

    func run() throws {
        try reportingErrors {
            var filter = EventFilter()
            filter.ids = ids
            try ReplayRunner(replay, database).run { [filter] _ in filter }
        }
    }
}

/// `hookledger replay`
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay stored events by source, type, time or state; show or cancel a replay.",
        subcommands: [ReplayStart.self, ReplayStatus.self, ReplayCancel.self], defaultSubcommand: ReplayStart.self)
}

/// `hookledger replay start`, which may be left out.
struct ReplayStart: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Replay stored events by source, type, time or state.",
        discussion: ReplayArguments.discussion)

    @OptionGroup var database: OperatorArguments
    @OptionGroup var filters: EventFilterArguments

    @Flag(help: "All stored events.")
    var all = false

    @OptionGroup var replay: ReplayArguments

    func validate() throws {
        guard all == filters.filter().isOpen else {
            throw ValidationError(all ? "--all takes no filter" : "give a filter such as --source, or --all")
        }
    }

    var cellScope: CellScope { .anyCell(of: filters.source) }

    func run() throws {
        try reportingErrors { try ReplayRunner(replay, database).run { filters.filter(now: $0) } }
    }
}
