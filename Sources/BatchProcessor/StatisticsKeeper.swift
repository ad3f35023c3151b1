import Jobs
import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Settings

/// Keeps the statistics of large tables, on a thread of its own: a statement may take longer than the upkeep can wait.
/// Which are due the database decides, so several runs and hosts do each once.
struct StatisticsKeeper: Sendable {
    let settings: Settings
    let logger: Logger
    /// Raised by a signal.
    let stop: StopFlag
    /// Raised at the end of the run.
    let ended = StopFlag()

    /// The pause between two rounds, in milliseconds.
    private static let interval: Int64 = 10_000

    private var isOver: Bool { stop.isRaised || ended.isRaised }

    /// Continues until a flag is raised.
    func run() {
        var session: Connection?
        while !isOver {
            do throws(PostgresError) {
                if session == nil { session = try connect() }
                guard let connection = session else { continue }
                for view in try KeptStatistics.views(on: connection) where !isOver {
                    try KeptStatistics.keep(view, on: connection)
                }
            } catch {
                session = nil
                logger.report(.statisticsNotKept, ["error": "\(error)"])
            }
            let end = Self.now() + Self.interval
            while !isOver, Self.now() < end { SystemClock.sleep(milliseconds: 50) }
        }
    }

    private func connect() throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-statistics",
            settings: [("statement_timeout", "30s"), ("search_path", "hookledger")], queryDeadline: .seconds(40))
    }

    private static func now() -> Int64 { SystemClock.monotonicNanoseconds() / 1_000_000 }
}
