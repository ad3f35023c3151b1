public import History
internal import Patience
internal import Platform
public import Postgres

/// The end of a run: waits for the work that is left, and holds every answer against what is stored and was received.
public struct Judgement {
    /// One for each database that holds events.
    private let connect: [() throws -> Connection]
    private let spools: [String]
    private let destinations: Destinations

    /// - Parameters:
    ///   - connect: opens a session that reads and writes every table.
    ///   - spools: the folders of the spools.
    public init(spools: [String], destinations: Destinations, connect: @escaping () throws -> Connection) {
        self.init(spools: spools, destinations: destinations, cells: [connect])
    }

    /// The same over several databases.
    ///
    /// - Parameter cells: each opens a session of one of them.
    public init(spools: [String], destinations: Destinations, cells: [() throws -> Connection]) {
        (self.spools, self.destinations, connect) = (spools, destinations, cells)
    }

    /// Waits until the spools are empty and no job is left that could run. Jobs of killed runs are ready again when their leases
    /// end, after a minute.
    ///
    /// - Parameters:
    ///   - seconds: at most.
    ///   - endsLeases: whether leases that nobody renews end sooner.
    public func waitForWork(seconds: Double, endsLeases: Bool) {
        // Deliveries of a cell that was away, or of a row that was locked, wait in later/ for the next import.
        let folders = spools.flatMap { [$0, $0 + "/later"] }
        let done = eventually(withinSeconds: seconds) {
            let left = connect.map { Self.left(try? $0(), endsLeases) }
            let files = folders.contains { (try? Files.list($0))?.contains { $0.hasSuffix(".hooks") } ?? false }
            SystemClock.sleep(milliseconds: 200)
            return left.allSatisfy { $0 == 0 } && !files
        }
        if !done { say("work was left after \(Int(seconds)) s") }
    }

    /// How many jobs could run; nil if the database does not answer.
    private static func left(_ connection: Connection?, _ endsLeases: Bool) -> Int? {
        if endsLeases {
            _ = try? connection?.execute(
                """
                update hookledger.jobs set lease_until = now() where state = 1
                    and lease_until < now() + interval '35 s'
                """)
        }
        return try? connection?.query("select count(*) from hookledger.jobs where state in (0, 1)").only().int(0)
    }

    /// The verdicts.
    ///
    /// - Parameter sent: every delivery with its answers.
    public func report(_ sent: [Sent]) throws -> HistoryReport {
        let stored = try connect.map { connect throws in
            let connection = try connect()
            connection.queryDeadline = .seconds(300)
            return try Stored(from: connection)
        }
        return History(
            sent, Stored(stored), received: [StandConfiguration.once: destinations.messages],
            plan: StandConfiguration.plan
        ).judged()
    }
}
