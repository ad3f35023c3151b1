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
    /// The pages between two lines about the progress of a comparison.
    private static let pagesOfALine = 20

    func run(_ side: SideLoop) throws {
        let tasks = Reconciler.Task.all(side.settings)
        if tasks.isEmpty { return }
        let (connection, send) = (try side.connection(), try side.sender())
        for task in tasks where !side.isOver {
            // A shop without a token waits for one: credential_status and an alert say so.
            for one in try Reconciler.ready(task, side.settings, now: SystemClock.now, on: connection)
            where !side.isOver {
                var world = side.world(one.source, send)
                world.progress = { counts, percent in
                    guard percent < 100, counts.pages.isMultiple(of: Self.pagesOfALine) else { return }
                    side.logger.report(
                        .reconcileContinues, fields(counts, one).merging(["percent": "\(percent)"]) { $1 })
                }
                let report = try Reconciler(
                    one, settings: side.settings, world: world, connection: connection
                ).run(.scheduled)
                self.report(report, one, side)
            }
        }
    }

    private func report(_ report: Reconciler.Report, _ task: Reconciler.Task, _ side: SideLoop) {
        if report.end == .notTaken { return }
        let (counts, earlier) = (report.counts, report.earlier)
        let (source, action) = (task.source.name, task.api)
        side.metrics.count(.reconciles, "source", source, "api", action, "state", report.end.word)
        side.metrics.count(.missingOrders, by: counts.absent - earlier.absent, "source", source, "finding", "absent")
        side.metrics.count(.missingOrders, by: counts.older - earlier.older, "source", source, "finding", "older")
        var fields = fields(counts, task)
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

    private func fields(_ counts: ReconcileBooks.Counts, _ task: Reconciler.Task) -> Logger.Metadata {
        [
            "source": "\(task.source.name)", "api": "\(task.api)", "compared": "\(counts.compared)",
            "absent": "\(counts.absent)", "older": "\(counts.older)", "refused": "\(counts.refused)",
            "jobs": "\(counts.jobs)",
        ]
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
