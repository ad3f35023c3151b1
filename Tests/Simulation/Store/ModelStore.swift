import Jobs
import Ledger
import Webhooks

/// The tables of the ledger, and what its functions and statements do with them, each as one step. A differential test
/// holds it against a real Postgres. Times are microseconds of Postgres' clock, which comes in as a parameter.
struct ModelStore {
    struct EventRow: Hashable {
        let id: Int64
        let event: Int64
        let order: Int64
        let orderRow: Int64
        let receivedAt: Int64
        let actions: [String]
    }

    struct OrderRow: Hashable {
        let row: Int64
        var status: Int64
        /// The time of the event that gave it its status.
        var clock: Int64
    }

    struct JobRow: Hashable {
        enum State: Int, Hashable { case ready, running, dead, held }

        let id: Int64
        let action: String
        let maxAttempts: Int
        let order: Int64
        let orderRow: Int64
        let eventID: Int64
        let eventReceivedAt: Int64
        var state = State.ready
        var attempt = 0
        var uncounted = 0
        var runAt: Int64
        var firstFailedAt: Int64?
        var token: Int64?
        var leaseUntil: Int64?
        var lastError: String?

        /// How many attempts it had, counted or not.
        var tries: Int { attempt + uncounted }
    }

    struct EffectRow: Hashable {
        var state: String
        var job: Int64
        let eventID: Int64
    }

    struct SlotRow: Hashable {
        var token: Int64?
        var expiresAt: Int64?
    }

    struct AttemptRow: Hashable {
        let job: Int64
        let attempt: Int
        let outcome: String
    }

    var receipts: [Int64: (eventID: Int64, receivedAt: Int64)] = [:]
    var events: [Int64: EventRow] = [:]
    var orders: [Int64: OrderRow] = [:]
    var jobs: [Int64: JobRow] = [:]
    var effects: [String: EffectRow] = [:]
    var attempts: [AttemptRow] = []
    var slots: [SlotRow]
    /// The open destinations.
    var destinations: [String: (openUntil: Int64, openings: Int)] = [:]
    var lastEventID: Int64 = 0
    var lastOrderRow: Int64 = 0
    var lastJobID: Int64 = 0
    var lastToken: Int64 = 0
    /// A planted fault.
    let plant: Plant?

    /// - Parameter slots: how many runs may work.
    init(slots: Int = 4, plant: Plant? = nil) {
        self.slots = Array(repeating: SlotRow(), count: slots)
        self.plant = plant
    }

    /// The open jobs in the order of their ids.
    var jobsInOrder: [JobRow] { jobs.values.sorted { $0.id < $1.id } }
}
