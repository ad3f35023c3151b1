import Actions
import Jobs
import Ledger
import LogLines
import Logging
import Platform
import Settings
import Webhooks

/// Notes which tokens the configuration expects to be stored, and are not yet.
struct ExpectedTokensTurn: SideTurn {
    let interval: Int64? = nil
    let failure = LoggedEvent.tokensNotKept

    func run(_ side: SideLoop) throws {
        try TokenStore.expect(TokenUse.expected(side.settings), on: side.connection())
    }
}

/// Looks after the stored tokens: refreshes what is due, heeds who took his permission back, and notes tokens that this host's
/// key does not open. A lease in each row keeps other runs and other hosts from the same refresh.
struct TokenTurn: SideTurn {
    let failure = LoggedEvent.tokensNotKept

    func run(_ side: SideLoop) throws {
        let (settings, logger) = (side.settings, side.logger)
        let connection = try side.connection()
        try TokenStore.check(settings.keys, on: connection)
        for (source, account) in try TokenStore.heedRemovals(on: connection) {
            logger.report(.tokenRevoked, ["source": "\(source)", "account": "\(account)"])
        }
        // Without a key every row is marked unreadable by now, and said to be.
        guard let vault = try? TokenVault(of: settings.keys) else { return }
        let refresh = TokenRefresh(
            settings, vault: vault, holder: RunHolder.name(), now: { SystemClock.now }, send: try side.sender())
        while !side.isOver, let report = try refresh.one(on: connection, connect: side.connect) { tell(report, side) }
    }

    private func tell(_ report: TokenRefresh.Report, _ side: SideLoop) {
        let place: Logger.Metadata = ["source": "\(report.source)", "account": "\(report.account)"]
        let word: String
        switch report.end {
        case .done:
            word = "done"
            side.logger.report(.tokenRefreshed, place)
        case .overtaken: word = "overtaken"
        case .refused(let reason):
            word = "refused"
            side.logger.report(.tokenNotRefreshed, level: .error, place.merging(["reason": "\(reason)"]) { $1 })
        case .failed(let reason):
            word = "failed"
            side.logger.report(.tokenNotRefreshed, place.merging(["reason": "\(reason)"]) { $1 })
        }
        side.metrics.count(.tokenRefreshes, "source", report.source, "end", word)
    }
}
