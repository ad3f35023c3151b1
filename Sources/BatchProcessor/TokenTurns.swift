import Actions
import Jobs
import Ledger
import LogLines
import Logging
import Outbound
import Platform
import Postgres
import Settings
import Webhooks

/// Looks after the stored tokens, on a thread of its own: refreshes what is due, heeds shops that took their permission back,
/// and notes tokens that this host's key does not open. A lease in each row keeps other runs and other hosts from the same
/// refresh.
struct TokenTurns: Sendable {
    let settings: Settings
    let metrics: Metrics
    let logger: Logger
    let gate: Gate
    /// Raised by a signal.
    let stop: StopFlag
    /// Raised at the end of the run.
    let ended = StopFlag()

    /// The pause between two looks, in milliseconds.
    private static let interval: Int64 = 5000

    private var isOver: Bool { stop.isRaised || ended.isRaised }

    /// Continues until a flag is raised; looks once at least.
    func run() {
        // Without an app nothing is refreshed. What an app that was taken out has left stays until it is removed.
        if settings.sources.allSatisfy({ $0.app == nil }) { return }
        var connection: Connection?
        repeat {
            do {
                let used: Connection
                if let connection, connection.isUsable {
                    used = connection
                } else {
                    used = try connect()
                    // Tokens of a restored database may have been replaced since.
                    if try gate.state(on: used).reason != nil { return }
                }
                connection = used
                try look(used)
            } catch {
                connection = nil
                logger.report(.tokensNotKept, ["error": "\(error)"])
            }
            pause()
        } while !isOver
    }

    private func look(_ connection: Connection) throws {
        try TokenStore.check(settings.keys, on: connection)
        for (source, account) in try TokenStore.heedRemovals(on: connection) {
            logger.report(.tokenRevoked, ["source": "\(source)", "account": "\(account)"])
        }
        // Without a key every row is marked unreadable by now, and said to be.
        guard let vault = try? TokenVault(of: settings.keys) else { return }
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
        let refresh = TokenRefresh(
            settings, vault: vault, holder: RunHolder.name(), now: { SystemClock.now },
            send: { request in
                do throws(OutboundFailure) { return .success(try client.perform(request)) } catch {
                    return .failure(error)
                }
            })
        while !isOver, let report = try refresh.one(on: connection, connect: connect) { tell(report) }
    }

    private func tell(_ report: TokenRefresh.Report) {
        let place: Logger.Metadata = ["source": "\(report.source)", "account": "\(report.account)"]
        let word: String
        switch report.end {
        case .done:
            word = "done"
            logger.report(.tokenRefreshed, place)
        case .overtaken: word = "overtaken"
        case .refused(let reason):
            word = "refused"
            logger.report(.tokenNotRefreshed, level: .error, place.merging(["reason": "\(reason)"]) { $1 })
        case .failed(let reason):
            word = "failed"
            logger.report(.tokenNotRefreshed, place.merging(["reason": "\(reason)"]) { $1 })
        }
        metrics.count(.tokenRefreshes, "source", report.source, "end", word)
    }

    private func pause() {
        let end = SystemClock.monotonicNanoseconds() + Self.interval * 1_000_000
        while !isOver, SystemClock.monotonicNanoseconds() < end { SystemClock.sleep(milliseconds: 20) }
    }

    private func connect() throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-tokens",
            settings: [
                ("statement_timeout", "30s"), ("lock_timeout", "10s"), ("search_path", "hookledger"), ("jit", "off"),
            ], queryDeadline: .seconds(40))
    }
}
