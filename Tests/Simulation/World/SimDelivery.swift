import Ledger
import Webhooks

/// A delivery at the door of the simulated responder. What the pure layers make of a request is taken as given.
struct SimDelivery: Committable {
    /// Why the store fails at it.
    enum Poison: Sendable {
        case none, values, trigger
        /// Its statement takes longer than it may.
        case slow
        /// Its session ends.
        case ending
    }

    /// The number of the request; a retry has another one.
    private(set) var request: Int64
    /// Which event it is: the same for each retry.
    let event: Int64
    /// The order that it is about.
    let order: Int64
    /// When it happened, by the sender, in microseconds.
    let occurredAt: Int64
    /// The status of the order.
    let status: Int64
    var poison = Poison.none
    /// Whether its source is spooled.
    var spools = false
    /// The actions of its jobs.
    var actions: [String] = []
    /// When the responder had it, in nanoseconds.
    var startedAt: Int64
    /// Whether it failed before, and may have been the reason.
    var isSuspect = false
    /// Its place in the order of arrival.
    var arrival: Int64 = 0
    let conflictKeys: [ConflictKey]

    init(request: Int64, event: Int64, order: Int64, occurredAt: Int64 = 0, status: Int64 = 0, startedAt: Int64 = 0) {
        self.request = request
        self.event = event
        self.order = order
        self.occurredAt = occurredAt
        self.status = status
        self.startedAt = startedAt
        conflictKeys = [
            .event(source: "shop", key: Array("\(event)".utf8)), .record(.order, source: "shop", id: "\(order)"),
        ]
    }

    /// The same delivery in another request.
    init(request: Int64, copy: SimDelivery) {
        self = copy
        self.request = request
    }
}
