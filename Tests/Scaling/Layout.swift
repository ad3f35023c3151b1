import Ledger

/// What a delivery and a batch cost, in microseconds of processor time unless it says otherwise.
struct Costs: Sendable {
    /// The sender; 0 if it has machines of its own.
    var client = 0.0
    var nginx: Double
    /// The responder, of each delivery.
    var responder: Double
    /// The committer's share of it; the workers have the rest (docs/BENCHMARKS.md).
    var committing = 0.25
    var postgres: Double
    /// Postgres, of each batch.
    var postgresBatch: Double
    /// The router, of each delivery; only with more than one cell.
    var router = 0.0
    /// What a cell needs for a delivery beside ``postgres``.
    var cell = 0.0
    /// Time without processor time, of each commit: the flush of the WAL, and the wake-ups.
    var flush: Double
    /// Time without processor time between a committer and Postgres, there and back.
    var roundTrip = 0.0
    /// How long the disk writes the WAL of a delivery.
    var write = 0.0
}

/// Which machines there are.
struct Layout {
    /// Hosts with nginx and responder.
    var fronts: Int
    /// Machines of routers; 0: each router is on a front's host.
    var routers = 0
    var cells: Int
    var coresOfFront: Int
    var coresOfRouter = 0
    var coresOfCell: Int
    /// All in one machine, whose cores are `coresOfFront`.
    var isOneMachine = false
    /// Of each responder (`responder.committers`); nil for the number that it takes by itself.
    var chosenCommitters: Int?

    /// The most deliveries of a batch; nil for the number that a responder takes.
    var chosenBatch: Int?

    var machines: Int { isOneMachine ? 1 : fronts + routers + cells }
    var batch: Int { chosenBatch ?? BatchPlan.limit(cells: cells) }
    var committers: Int { chosenCommitters ?? (coresOfFront <= 2 ? 1 : min(4, coresOfFront / 2)) }
}

/// What is sent.
enum Load: Sendable {
    /// This many senders, each with one delivery under way.
    case connections(Int)
    /// Deliveries a second, at random moments, whatever the answers.
    case rate(Double)
}
