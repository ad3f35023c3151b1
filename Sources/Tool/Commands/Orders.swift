import ArgumentParser

/// `hookledger orders`
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show orders, rebuild them from their events, and trust unverified ones.",
        subcommands: [OrdersShow.self, OrdersRebuild.self, OrdersAccept.self])
}
