import Ledger
import LogLines
import Platform

/// Keeps the statistics of large tables, and the counts of activity. Which are due the database decides, so several runs and hosts
/// do each once.
struct StatisticsTurn: SideTurn {
    let interval: Int64? = 10_000
    let isForEveryRun = false
    let failure = LoggedEvent.statisticsNotKept

    /// The time of one turn in which older rows are counted, in nanoseconds.
    private static let time: Int64 = 5_000_000_000

    func run(_ side: SideLoop) throws {
        let connection = try side.connection()
        let end = SystemClock.monotonicNanoseconds() + Self.time
        while try ActivityCounts.advance(on: connection), !side.giveWay(),
            SystemClock.monotonicNanoseconds() < end
        {}
        for view in try KeptStatistics.views(on: connection) where !side.giveWay() {
            try KeptStatistics.keep(view, on: connection)
        }
    }
}
