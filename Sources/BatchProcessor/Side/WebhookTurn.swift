import Actions
import Ledger
import LogLines
import Logging
import Outbound
import Postgres
import Settings

/// Looks at the registered webhooks. A lease keeps other runs and other hosts from the same look.
struct WebhookTurn: SideTurn {
    let isForEveryRun = false
    let failure = LoggedEvent.reconcileFailed

    func run(_ side: SideLoop) throws {
        let watches = SubscriptionWatch.Task.all(side.settings)
        if watches.isEmpty { return }
        let (connection, send) = (try side.connection(), try side.sender())
        for watch in watches where !side.isOver {
            // A shop without a token waits for one: credential_status and an alert say so.
            for one in try watch.withTokens(side.settings, isNoted: true, on: connection).tasks where !side.isOver {
                try look(one, side, send, connection)
            }
        }
    }

    private func look(
        _ task: SubscriptionWatch.Task, _ side: SideLoop, _ send: @escaping SideLoop.Sender, _ connection: Connection
    ) throws {
        let result = try SubscriptionWatch(task, world: side.world(task.source, send)).run(on: connection)
        let place: Logger.Metadata = ["source": "\(task.source.name)", "api": "\(task.api)"]
        switch result {
        case .notTaken: return
        case .failed(let state, let reason):
            side.logger.report(.webhooksNotListed, place.merging(["state": "\(state)", "reason": "\(reason)"]) { $1 })
        case .done(let findings, let repaired):
            for finding in findings where finding.isDifferent {
                side.logger.report(
                    .webhookOff,
                    place.merging(
                        [
                            "topic": "\(finding.topic)", "state": "\(finding.state.rawValue)",
                            "detail": "\(finding.detail ?? "-")",
                        ]
                    ) { $1 })
            }
            for one in repaired {
                side.metrics.count(
                    .webhookRepairs, "source", task.source.name, "repair", one.repair.rawValue, "state",
                    one.trouble == nil ? "done" : "failed")
                side.logger.report(
                    .webhookRepaired, level: one.trouble == nil ? .notice : .error,
                    place.merging(
                        [
                            "topic": "\(one.topic)", "repair": "\(one.repair.rawValue)",
                            "trouble": "\(one.trouble ?? "-")",
                        ]
                    ) { $1 })
            }
        }
    }
}
