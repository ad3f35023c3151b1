import ArgumentParser

/// `hookledger orders`
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at orders, fold them anew from their events, and trust unverified ones.",
        subcommands: [OrdersShow.self, OrdersRebuild.self, OrdersAccept.self])
}
