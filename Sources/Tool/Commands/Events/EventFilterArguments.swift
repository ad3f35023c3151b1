public import ArgumentParser
public import Ledger
import Webhooks

/// The events of a command.
struct EventFilterArguments: ParsableArguments {
    @Option(help: "From this source.")
    var source: String?

    @Option(help: "Of this type: order.created, or the provider's name.")
    var type: String?

    @Option(help: "In this state: pending, processing, completed or failed.")
    var state: EventFilter.State?

    @Option(help: "About the order with this id, as the provider writes it.")
    var order: String?

    @Option(help: "About an order of this shop (host and path, or the store's id).")
    var shop: String?

    @Option(help: ArgumentHelp("Received at or after this time: \(Moment.forms).", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Received before this time.", valueName: "time"))
    var until: Moment?

    /// - Parameter now: the reference of `2h`; nil for the start of the command.
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
