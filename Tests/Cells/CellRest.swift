import FaultSupport
import LocalStack
import Platform
import Postgres

/// What databases cost that store nothing, in microseconds of processor time a second.
struct CellRest {
    /// One database.
    private(set) var one = 0.0
    /// All cells.
    private(set) var cells = 0.0
    /// What it adds that each cell is asked once a second whether it stores (`watch_cells`), in the cells and in the router.
    private(set) var watch = 0.0

    init() {}

    init(_ options: FaultOptions, _ installation: Installation, one: PostgresCluster) throws {
        let members = installation.servers
        let all = members + [installation.router]
        let seconds = options.restSeconds
        let start = (PostgresTime(of: [one]), PostgresTime(of: members), PostgresTime(of: all))
        SystemClock.sleep(milliseconds: seconds * 1000)
        let end = (PostgresTime(of: [one]), PostgresTime(of: members), PostgresTime(of: all))
        self.one = (end.0 - start.0).all / Double(seconds)
        cells = (end.1 - start.1).all / Double(seconds)
        let router = try installation.connectToRouter()
        // The first question opens the sessions.
        _ = try router.query("select watch_cells()")
        let begin = PostgresTime(of: all)
        for _ in 0..<seconds {
            SystemClock.sleep(milliseconds: 1000)
            _ = try router.query("select watch_cells()")
        }
        watch = (PostgresTime(of: all) - begin).all / Double(seconds) - (end.2 - start.2).all / Double(seconds)
    }
}
