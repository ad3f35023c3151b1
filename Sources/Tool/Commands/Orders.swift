import ArgumentParser

/// `hookledger orders`
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at orders, and fold them anew from their events.",
        subcommands: [OrdersShow.self, OrdersRebuild.self])
}
