import JSON
package import Jobs
import Ledger
import LocalStack
import Logging
import Platform
package import Postgres
import Testing
import Transport

/// A migrated database of its own, and what tests need to fill and read its queue.
package struct JobsFixture {
    package let database: String
    /// Nil for a database that another fixture made.
    private let owned: TemporaryDatabase?
    package let superuser: Connection

    package init() throws {
        let made = try SharedCluster.temporaryDatabase()
        try self.init(database: made.name, owned: made)
    }

    package init(database: String) throws { try self.init(database: database, owned: nil) }

    private init(database: String, owned: TemporaryDatabase?) throws {
        self.database = database
        self.owned = owned
        superuser = try Connection(
            conninfo: SharedCluster.get().conninfo(database: database), applicationName: "hookledger-tests",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
    }

    /// How the batch processor logs in: with no more rights than it has in production.
    package func conninfo(_ role: String = "hookledger_batch") throws -> String {
        try SharedCluster.get().conninfo(user: role, database: database)
    }

    package func connect(as role: String = "hookledger_batch") throws -> Connection {
        try Connection(
            conninfo: conninfo(role), applicationName: "hookledger-tests",
            settings: [("plan_cache_mode", "force_custom_plan")],
            queryDeadline: .seconds(30))
    }

    /// Records `count` events with a job each, spread over `orders` orders (0: about none), in the order of their ids. Each
    /// is the payment of its order. What made the order UNPAID before it is not among the events.
    package func enqueue(_ count: Int, orders: Int = 0, action: String = "ops", maxAttempts: Int = 4) throws {
        let job = Filling.job(action, maxAttempts: maxAttempts)
        let events = try (0..<count).flatMap { number in
            if orders == 0 {
                return [try Filling.recordable("note", String(number + 1), type: "order.updated", jobs: [job])]
            }
            let order = String(1 + (number + 1) % orders)
            return [
                try Filling.recordable("order", order, ["status": "UNPAID"], type: "order.unpaid"),
                try Filling.recordable("order", order, ["status": "PAID"], jobs: [job]),
            ]
        }
        try Filling.record(events, in: database)
        try superuser.execute(
            """
            delete from receipts where event_id in (select id from events where type = 'order.unpaid');
            delete from events where type = 'order.unpaid'
            """)
    }

    /// The one value of a query, as text; nil for SQL null.
    package func value(_ sql: String) throws -> String? {
        try superuser.query("select (\(sql))::text", []).only().optionalText(0)
    }

    package func count(_ table: String, _ condition: String = "true") throws -> Int {
        try superuser.query("select count(*) from \(table) where \(condition)").only().int(0)
    }

    /// A run in this process over those actions.
    package func run(
        _ actions: [any Action], conditions: any ConditionCheck = NoConditions(), stop: StopFlag = StopFlag(),
        configure: (inout RunOptions) -> Void = { _ in }
    ) throws -> RunReport {
        var options = RunOptions()
        options.once = true
        options.duration = .milliseconds(20_000)
        options.slots = 16
        configure(&options)
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"]), maxInFlight: options.maxHeld))
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return BatchRun(
            conninfo: try conninfo(), actions: actions, conditions: conditions, client: client, options: options,
            logger: logger, stop: stop
        ).run()
    }
}

/// Every job is called for.
package struct NoConditions: ConditionCheck {
    package init() {}

    package func objection(to subject: JobSubject) -> String? { nil }
}
