import Ledger
import LogLines

/// Keeps the statistics of large tables. Which are due the database decides, so several runs and hosts do each once.
struct StatisticsTurn: SideTurn {
    let interval: Int64? = 10_000
    let isForEveryRun = false
    let failure = LoggedEvent.statisticsNotKept

    func run(_ side: SideLoop) throws {
        let connection = try side.connection()
        for view in try KeptStatistics.views(on: connection) where !side.giveWay() {
            try KeptStatistics.keep(view, on: connection)
        }
    }
}
