import LoadClient
import Outbound
import Platform
import StackSuite

/// A load that continues until it is ended: portion after portion of orders, each with its life in any order.
final class LoadStream: Sendable {
    private struct State {
        var isEnding = false
        var answers: [[Int]] = []
        var orders = 0
        var failure: OutboundFailure?
    }

    private let state = Locked(State())
    private let client: LoadClient
    private let start = Shop.now
    private let thread = Locked<Thread?>(nil)

    /// How many orders a portion has.
    private static let portion = 100

    init(_ client: LoadClient) throws {
        self.client = client
        let thread = try Thread(name: "load") { self.sendUntilEnd() }
        self.thread.withLock { $0 = thread }
    }

    /// Every tenth order is cancelled, the others are on their way. One in a hundred is sent to Slack, which takes one
    /// message a second.
    static func status(of number: Int) -> String { number % 10 == 0 ? "CANCELLED" : "IN_TRANSIT" }
    static func amount(of number: Int) -> String { number % 100 == 1 ? "1.00" : "\(number % 900 + 2).50" }

    /// The deliveries about an order; some providers send one of them twice.
    private func life(of number: Int) -> [ShopDelivery] {
        let (order, amount) = ("chaos-\(number)", Self.amount(of: number))
        var life: [ShopDelivery] = [
            .guide(order, "AWAITING_SHIPMENT", at: start - 60, amount: amount),
            .guide(order, "IN_TRANSIT", at: start - 40, amount: amount, type: "package_shipped"),
        ]
        if number % 10 == 0 { life.append(.partnerCenter(order, "CANCEL", at: start - 20)) }
        if number % 7 == 0 { life.append(life[0]) }
        return life
    }

    /// How many different deliveries there are about the first orders.
    static func distinctDeliveries(of orders: Int) -> Int {
        (0..<orders).reduce(0) { $0 + 2 + ($1 % 10 == 0 ? 1 : 0) }
    }

    /// Ends the load after the portion that is under way.
    ///
    /// - Returns: how many orders it was about, and the answers of all deliveries.
    func end() throws -> (orders: Int, answers: [[Int]]) {
        state.withLock { $0.isEnding = true }
        thread.withLock { $0 }?.join()
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        return (state.orders, state.answers)
    }

    private func sendUntilEnd() {
        while !state.withLock({ $0.isEnding }) {
            let first = state.withLock { $0.orders }
            let deliveries = (first..<first + Self.portion).flatMap(life).shuffled()
            do throws(OutboundFailure) {
                let report = try client.send(deliveries)
                state.withLock {
                    $0.answers += report.answers
                    $0.orders += Self.portion
                }
            } catch {
                return state.withLock { $0.failure = error }
            }
        }
    }
}
