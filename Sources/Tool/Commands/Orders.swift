import ArgumentParser

/// `hookledger orders`
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List and show orders, rebuild them from their events, and trust unverified ones.",
        subcommands: [OrdersList.self, OrdersShow.self, OrdersRebuild.self, OrdersAccept.self])
}
