import Actions
import Jobs
import Ledger
import Logging
import Settings

/// What a run does beside its jobs, for the thread that does it.
struct SideWork: Sendable {
    let settings: Settings
    let metrics: Metrics
    let logger: Logger
    let gate: Gate
    /// Raised by a signal.
    let stop: StopFlag
    /// Raised at the end of the run.
    let ended = StopFlag()

    private var isOver: Bool { stop.isRaised || ended.isRaised }

    /// Imports the spool, so that a run starts with all of its work.
    func takeInSpool() { SpoolTurn().takeIn(settings, logger, until: { isOver }) }

    /// Continues until a flag is raised.
    func run() {
        // Without a stored token nothing is looked after. What is no longer expected stays until it is removed.
        let hasTokens = !TokenUse.expected(settings).isEmpty
        var turns: [any SideTurn] = [HeartbeatTurn(), ExpectedTokensTurn()]
        if hasTokens { turns.append(TokenTurn()) }
        turns += [
            SpoolTurn(), ReleaseTurn(), ChainTurn(), AsideTurn(), PersonIndexTurn(), ShapeTurn(), StatisticsTurn(),
            RetentionTurn(),
        ]
        if let telemetry = settings.usableTelemetry { turns.append(TelemetryTurn(settings: telemetry)) }
        turns += [WebhookTurn(), ReconcileTurn()]
        SideLoop(turns, settings: settings, metrics: metrics, logger: logger, gate: gate, isEnded: { isOver }).run()
    }
}
