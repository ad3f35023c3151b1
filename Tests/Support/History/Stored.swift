public import Postgres

/// What the ledger and the destinations hold.
public struct Stored: Sendable {
    /// One event.
    public struct Event: Sendable {
        /// `events.id`.
        public var id: Int64
        /// SHA-256 of the body in hex.
        public var delivery: String
        /// How many receipts lead to it.
        public var receipts: Int
        /// Whether it has its row in `orders`.
        public var hasOrder: Bool
        /// Of each rule that made a job of it: how many jobs.
        public var jobs: [String: Int]

        /// Names the parts.
        public init(id: Int64, delivery: String, receipts: Int = 1, hasOrder: Bool = true, jobs: [String: Int] = [:]) {
            (self.id, self.delivery, self.receipts) = (id, delivery, receipts)
            (self.hasOrder, self.jobs) = (hasOrder, jobs)
        }
    }

    /// One job of a rule, with its outcome.
    public struct Job: Sendable {
        /// `jobs.job_id`.
        public var id: Int64
        /// The rule that made it.
        public var rule: String
        /// The order that it is about.
        public var order: String?
        /// How many attempts ended as done or skipped.
        public var ends: Int
        /// How many ended as done.
        public var dones: Int
        /// Whether it is a dead letter.
        public var isDead: Bool
        /// Whether its effect is kept as uncertain.
        public var isUncertain: Bool

        /// Names the parts.
        public init(
            id: Int64, rule: String, order: String? = nil, ends: Int = 1, dones: Int = 1, isDead: Bool = false,
            isUncertain: Bool = false
        ) {
            (self.id, self.rule, self.order, self.ends, self.dones) = (id, rule, order, ends, dones)
            (self.isDead, self.isUncertain) = (isDead, isUncertain)
        }
    }

    /// In the order of their ids.
    public var events: [Event] = []
    /// Receipts that lead to no event.
    public var orphanReceipts = 0
    /// The status of each order, by its id.
    public var orders: [String: String] = [:]
    /// Every job that there was.
    public var jobs: [Job] = []

    /// Nothing.
    public init() {}

    /// What several cells hold together.
    public init(_ cells: [Stored]) {
        for cell in cells {
            events += cell.events
            orphanReceipts += cell.orphanReceipts
            orders.merge(cell.orders) { first, _ in first }
            jobs += cell.jobs
        }
        events.sort { $0.id < $1.id }
        jobs.sort { $0.id < $1.id }
    }

    /// Reads all of it in one snapshot.
    /// - Parameter connection: of a role that reads every table, such as the owner.
    public init(from connection: Connection) throws(PostgresError) {
        try connection.execute("begin isolation level repeatable read read only")
        for row in try connection.query(HistorySQL.events) {
            var jobs: [String: Int] = [:]
            for rule in try row.text("rules").split(separator: "\n") { jobs[String(rule), default: 0] += 1 }
            events.append(
                Event(
                    id: try row.bigint("id"), delivery: try row.text("delivery"), receipts: try row.int("receipts"),
                    hasOrder: try row.bool("has_order"), jobs: jobs))
        }
        orphanReceipts = try connection.query(HistorySQL.orphanReceipts).only().int(0)
        for row in try connection.query(HistorySQL.orders) {
            orders[try row.text(0)] = try row.optionalText(1) ?? ""
        }
        for row in try connection.query(HistorySQL.jobs) {
            jobs.append(
                Job(
                    id: try row.bigint("job_id"), rule: try row.text("rule"), order: try row.optionalText("order_id"),
                    ends: try row.int("ends"), dones: try row.int("dones"), isDead: try row.bool("is_dead"),
                    isUncertain: try row.bool("is_uncertain")))
        }
        try connection.execute("commit")
    }
}
