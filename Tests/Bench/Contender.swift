import LocalStack
import Platform
import Postgres

/// A receiver that takes the deliveries, behind its own port of the same nginx.
struct Contender {
    /// Its short name, of files and sockets.
    let name: String
    /// What the table calls it.
    let title: String
    /// Its database; nil when it stores nothing.
    let database: String?
    /// The tables that are emptied before each turn.
    let tables: String
    /// What its location in nginx holds.
    let location: Location
    /// Its process; those below it belong to it.
    let process: ChildProcess

    /// How nginx hands a request over.
    enum Location {
        /// The shipped snippet, with lines of its own behind it.
        case fastCGI(more: String = "")
        /// As the shipped snippet, by HTTP.
        case proxy
    }

    /// The names of Hookledger's tables that an event goes to.
    static let ledgerTables = "receipts, events, orders, jobs, job_attempts, refusals, effects"

    /// Empties the tables, so that every turn begins alike.
    func empty(_ stand: Stand) throws {
        guard let database else { return }
        let connection = try stand.connect(database)
        try connection.execute("truncate \(tables) restart identity cascade")
        try connection.execute("checkpoint")
    }

    /// How many deliveries are stored.
    ///
    /// - Throws: ``BenchFailure`` when receipts, events and jobs are not as many, or an order is not as it should be.
    func stored(_ stand: Stand) throws -> Int {
        guard let database else { return 0 }
        let connection = try stand.connect(database)
        let row = try connection.query(
            """
            select (select count(*) from receipts), (select count(*) from events), (select count(*) from jobs),
                (select count(distinct body) from events),
                (select count(*) from orders), (select count(distinct order_row) from events),
                (select count(*) from orders as o join (
                    select order_row, count(*) as events from events group by 1) as e on e.order_row = o.id
                where e.events = 2 and o.status is distinct from $1)
            """, [.text(Deliveries.lastStatus)]
        ).only()
        let (receipts, events, jobs) = (try row.int(0), try row.int(1), try row.int(2))
        let (bodies, orders, ordersOfEvents, stale) = (
            try row.int(3), try row.int(4), try row.int(5), try row.int(6)
        )
        guard receipts == events, jobs == events, bodies == events, orders == ordersOfEvents, stale == 0 else {
            throw BenchFailure(
                "\(title): \(receipts) receipts, \(events) events of \(bodies) bodies, \(jobs) jobs, \(orders) orders "
                    + "of \(ordersOfEvents), \(stale) with a stale status")
        }
        return events
    }
}
