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

/// Looks at the registered webhooks and runs the reconciliations that are due, one after the other on a thread of their own. A
/// lease in the database keeps other runs and other hosts from the same one.
struct ReconcileTurns: Sendable {
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

    /// Continues until a flag is raised; each task once at least.
    func run() {
        let (tasks, watches) = (Reconciler.Task.all(settings), SubscriptionWatch.Task.all(settings))
        if tasks.isEmpty, watches.isEmpty { return }
        var connection: Connection?
        while !isOver {
            do {
                let used = try connection ?? connect()
                if connection == nil, try gate.state(on: used).reason != nil { return }
                connection = used
                let client = try HTTPClient(
                    HTTPClient.Configuration(
                        addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
                // A shop without a token waits for one: credential_status and an alert say so.
                for watch in watches where !isOver {
                    for one in try watch.forShops(settings, isNoted: true, on: used).tasks where !isOver {
                        try look(one, client, used)
                    }
                }
                for task in tasks where !isOver {
                    for one in try Reconciler.ready(task, settings, now: SystemClock.now, on: used) where !isOver {
                        try turn(one, client, used)
                    }
                }
            } catch {
                connection = nil
                logger.report(.reconcileFailed, ["error": "\(error)"])
            }
            pause(Self.interval)
        }
    }

    private func turn(_ task: Reconciler.Task, _ client: HTTPClient, _ connection: Connection) throws {
        let world = world(task.source, client)
        let report = try Reconciler(task, settings: settings, world: world, connection: connection).run(.scheduled)
        self.report(report, task, ["source": "\(task.source.name)", "api": "\(task.api)"])
    }

    private func world(_ source: SourceSettings, _ client: HTTPClient) -> Reconciler.World {
        Reconciler.World.system(source, settings: settings, client: client, pause: pause, shouldStop: { isOver })
    }

    private func look(_ task: SubscriptionWatch.Task, _ client: HTTPClient, _ connection: Connection) throws {
        let result = try SubscriptionWatch(task, world: world(task.source, client)).run(on: connection)
        let place: Logger.Metadata = ["source": "\(task.source.name)", "api": "\(task.api)"]
        switch result {
        case .notTaken: return
        case .failed(let state, let reason):
            logger.report(.webhooksNotListed, place.merging(["state": "\(state)", "reason": "\(reason)"]) { $1 })
        case .done(let findings, let repaired):
            for finding in findings where finding.isDifferent {
                logger.report(
                    .webhookOff,
                    place.merging(
                        [
                            "topic": "\(finding.topic)", "state": "\(finding.state.rawValue)",
                            "detail": "\(finding.detail ?? "-")",
                        ]
                    ) { $1 })
            }
            for one in repaired {
                metrics.count(
                    .webhookRepairs, "source", task.source.name, "repair", one.repair.rawValue, "state",
                    one.trouble == nil ? "done" : "failed")
                logger.report(
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

    private func pause(_ milliseconds: Int64) {
        let end = SystemClock.monotonicNanoseconds() + milliseconds * 1_000_000
        while !isOver, SystemClock.monotonicNanoseconds() < end { SystemClock.sleep(milliseconds: 20) }
    }

    private func report(_ report: Reconciler.Report, _ task: Reconciler.Task, _ place: Logger.Metadata) {
        if report.end == .notTaken { return }
        let counts = report.counts
        let (source, action) = (task.source.name, task.api)
        metrics.count(.reconciles, "source", source, "api", action, "state", report.end.word)
        metrics.count(.missingOrders, by: counts.absent, "source", source, "finding", "absent")
        metrics.count(.missingOrders, by: counts.older, "source", source, "finding", "older")
        var fields = place
        fields["compared"] = "\(counts.compared)"
        fields["absent"] = "\(counts.absent)"
        fields["older"] = "\(counts.older)"
        fields["refused"] = "\(counts.refused)"
        fields["jobs"] = "\(counts.jobs)"
        switch report.end {
        case .done, .notTaken:
            logger.report(.reconciled, level: counts.absent + counts.older > 0 ? .warning : .info, fields)
        case .stopped: logger.report(.reconcileStopped, fields)
        case .failed(let state, let reason):
            fields["state"] = "\(state)"
            fields["reason"] = "\(reason)"
            logger.report(.reconcileEndedEarly, fields)
        }
    }

    private func connect() throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-reconcile",
            settings: [
                ("statement_timeout", "30s"), ("lock_timeout", "10s"), ("search_path", "hookledger"),
                ("jit", "off"),
            ],
            queryDeadline: .seconds(40))
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
