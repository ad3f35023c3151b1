public import ArgumentParser
public import Ledger
import Webhooks

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

    @Option(help: "About an order of this shop: host and path, or the store's id.")
    var shop: String?

    @Option(help: ArgumentHelp("Received then or later: \(Moment.forms).", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Received before then.", valueName: "time"))
    var until: Moment?

    /// - Parameter now: what `2h` is before; nil for the time when the command began.
    func filter(now: Timestamp? = nil) -> EventFilter {
        var filter = EventFilter()
        filter.source = source
        filter.type = type
        filter.state = state
        filter.order = order
        filter.shop = shop
        filter.since = since?.timestamp(now)
        filter.until = until?.timestamp(now)
        return filter
    }
}

extension EventFilter.State: ExpressibleByArgument {}
