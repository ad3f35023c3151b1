public import ArgumentParser
public import Ledger

/// Which stored events a command is about.
struct EventFilterArguments: ParsableArguments {
    @Option(help: "Of this source.")
    var source: String?

    @Option(help: "Of this type: order.created, or as the provider names it.")
    var type: String?

    @Option(help: "In this state: pending, processing, completed or failed.")
    var state: EventFilter.State?

    @Option(help: "About this order, as the sender names it.")
    var order: String?

    @Option(help: ArgumentHelp("Received then or later: \(Moment.forms).", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Received before then.", valueName: "time"))
    var until: Moment?

    func filter(_ ids: [Int64] = []) -> EventFilter {
        var filter = EventFilter()
        filter.ids = ids
        filter.source = source
        filter.type = type
        filter.state = state
        filter.order = order
        filter.since = since?.timestamp
        filter.until = until?.timestamp
        return filter
    }
}

extension EventFilter.State: ExpressibleByArgument {}
