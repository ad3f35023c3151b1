import Actions
import Ledger
import LogLines
import Logging
import Platform
import Settings
import Webhooks

/// Runs the reconciliations that are due, one after the other. A lease in the database keeps other runs and other hosts from the
/// same one. It is the last turn of the list: a big shop takes hours, and between pages and requests everything else takes place.
struct ReconcileTurn: SideTurn {
    let isForEveryRun = false
    let failure = LoggedEvent.reconcileFailed

    func run(_ side: SideLoop) throws {
        let tasks = Reconciler.Task.all(side.settings)
        if tasks.isEmpty { return }
        let (connection, send) = (try side.connection(), try side.sender())
        for task in tasks where !side.isOver {
            // A shop without a token waits for one: credential_status and an alert say so.
            for one in try Reconciler.ready(task, side.settings, now: SystemClock.now, on: connection)
            where !side.isOver {
                let report = try Reconciler(
                    one, settings: side.settings, world: side.world(one.source, send), connection: connection
                ).run(.scheduled)
                self.report(report, one, side)
            }
        }
    }

    private func report(_ report: Reconciler.Report, _ task: Reconciler.Task, _ side: SideLoop) {
        if report.end == .notTaken { return }
        let counts = report.counts
        let (source, action) = (task.source.name, task.api)
        side.metrics.count(.reconciles, "source", source, "api", action, "state", report.end.word)
        side.metrics.count(.missingOrders, by: counts.absent, "source", source, "finding", "absent")
        side.metrics.count(.missingOrders, by: counts.older, "source", source, "finding", "older")
        var fields: Logger.Metadata = ["source": "\(source)", "api": "\(action)"]
        fields["compared"] = "\(counts.compared)"
        fields["absent"] = "\(counts.absent)"
        fields["older"] = "\(counts.older)"
        fields["refused"] = "\(counts.refused)"
        fields["jobs"] = "\(counts.jobs)"
        switch report.end {
        case .done, .notTaken:
            side.logger.report(.reconciled, level: counts.absent + counts.older > 0 ? .warning : .info, fields)
        case .stopped: side.logger.report(.reconcileStopped, fields)
        case .failed(let state, let reason):
            fields["state"] = "\(state)"
            fields["reason"] = "\(reason)"
            side.logger.report(.reconcileEndedEarly, fields)
        }
    }
}

extension SideLoop {
    /// The world of a comparison: its waits and requests give way to more urgent turns.
    func world(_ source: SourceSettings, _ send: @escaping Sender) -> Reconciler.World {
        Reconciler.World.system(
            source, settings: settings, send: send, pause: { [unowned self] in pause($0) },
            shouldStop: { [unowned self] in giveWay() })
    }
}

extension Reconciler.End {
    /// For metrics.
    var word: String {
        switch self {
        case .done: "done"
        case .notTaken: "not_taken"
        case .stopped: "stopped"
        case .failed(let state, _): state
        }
    }
}
