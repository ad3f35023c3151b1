import Actions
import ArgumentParser
import JSON
import Jobs
import Ledger
import Platform
import Postgres
import Settings
import Transport
import Webhooks

/// `hookledger reconcile`
struct ReconcileCommand: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Ask a provider's API what changed and what happened, and record what is missing.",
        discussion: """
            The batch processor does the same regularly for each source with reconcile: in the configuration. A missing \
            order is recorded like a delivery and makes the jobs of its rules, unless it changed longer ago than \
            reconcile.max_age. Products and customers are compared where a rule asks for them. Events that Stripe lists are \
            recorded in the same way; GitHub is asked to deliver again what it could not deliver, once. Without --since it \
            begins at the position of the last scheduled run. An interrupted run with the same --since continues at its \
            page. The views missing_orders and reconcile_runs have the results.

            Exit codes: 0 done; 1 with --dry-run: something is missing; 69 a run works on it already; 70 the API or \
            Postgres failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source (default: all with reconcile:).")
    var source: String?

    @Option(help: "Compare orders that changed from this time on: \(Moment.forms).")
    var since: Moment?

    @Flag(help: "Only report what is missing; change nothing.")
    var dryRun = false

    @Flag(help: "The first fill of a new shop: make no jobs, so that carts, stock and messages stay as they are.")
    var first = false

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object a line: each missing order of a dry run, then the counts.")
    var json = false

    func validate() throws {
        if first, since == nil { throw ValidationError("--first needs --since") }
        if first, source == nil { throw ValidationError("--first needs a source") }
    }

    var cellScope: CellScope { .sourceOrEach(source) }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            if let source { _ = try database.source(source) }
            let tasks = Reconciler.Task.all(settings, of: source)
            guard !tasks.isEmpty else {
                throw UsageError(
                    "\(source.map { "the source \($0)" } ?? "no source") has \(source == nil ? "" : "no ")reconcile: in the "
                        + "configuration")
            }
            if first, let task = tasks.first(where: \.asksAgain) {
                throw UsageError(
                    "--first: \(task.action.name) asks for deliveries again, which make the jobs of their rules")
            }
            let connection = try database.connect(settings)
            var (missing, busy, failed) = (0, false, false)
            var shops: [Reconciler.Task] = []
            for task in tasks {
                let (found, absent) = try task.withTokens(settings, isNoted: false, on: connection)
                shops += found
                for one in absent {
                    StandardError.write("Error: \(task.source.name), \(one.owner): \(one.reason)")
                }
                if found.isEmpty, absent.isEmpty {
                    StandardError.write(
                        "Error: \(task.source.name): no shop has authorized the app (hookledger authorize)")
                }
                failed = failed || found.isEmpty || !absent.isEmpty
            }
            for task in shops {
                let report = try one(task, settings, connection)
                missing += report.counts.absent + report.counts.older
                switch report.end {
                case .done: break
                case .notTaken: busy = true
                case .stopped, .failed: failed = true
                }
            }
            if failed { throw ExitCode(.failed) }
            if busy { throw ExitCode(.unavailable) }
            if dryRun, missing > 0 { throw ExitCode.failure }
        }
    }

    private func one(_ task: Reconciler.Task, _ settings: Settings, _ connection: Connection) throws
        -> Reconciler.Report
    {
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
        var bar = ProgressBar(task.api)
        var world = Reconciler.World.system(
            task.source, settings: settings, send: client.reply(to:),
            pause: { SystemClock.sleep(milliseconds: Int($0)) })
        world.progress = { _, percent in bar.show(percent, of: 100) }
        let reconciler = Reconciler(task, settings: settings, world: world, connection: connection)
        let kind: ReconcileBooks.Kind = first ? .first : .manual
        let report =
            dryRun
            ? try reconciler.preview(kind, since: since?.timestamp) { say($0) }
            : try reconciler.run(kind, since: since?.timestamp)
        bar.clear()
        if !dryRun { try log(report, task, connection) }
        say(report, task)
        return report
    }

    private func log(_ report: Reconciler.Report, _ task: Reconciler.Task, _ connection: Connection) throws {
        guard let window = report.window else { return }
        try OperatorLog.write(
            actor: Actor.name, action: first ? "reconcile.first" : "reconcile",
            subject: "source:\(task.source.name)/\(task.api)", reason: nil,
            details: [
                "since": .string(window.since.rfc3339), "absent": number(report.counts.absent),
                "older": number(report.counts.older), "jobs": number(report.counts.jobs),
            ], on: connection)
    }

    private func say(_ order: Reconciler.Preview) {
        let finding = order.isAbsent ? "absent" : "older"
        let shown: JSONValue = [
            "kind": .string(order.kind.rawValue), "order_id": .string(order.orderID), "finding": .string(finding),
            "missing_since": .string(order.changedAt.rfc3339), "jobs": number(order.jobs),
            "asked_again": .bool(order.isAskedAgain), "trouble": order.trouble.map(JSONValue.string) ?? .null,
        ]
        let kind = [.product, .customer].contains(order.kind) ? order.kind.rawValue + " " : ""
        var text = "\(kind)\(order.orderID) \(finding) since \(times.shape.text(order.changedAt)), "
        text += order.isAskedAgain ? "would be asked for again" : Plural.text(order.jobs, "job")
        if let trouble = order.trouble { text += ", cannot be recorded: \(trouble)" }
        Console.say(json ? shown.text : text)
    }

    private func say(_ report: Reconciler.Report, _ task: Reconciler.Task) {
        let counts = report.counts
        let (state, reason): (String, String?) =
            switch report.end {
            case .done: ("done", nil)
            case .notTaken: ("not_taken", "another run works on it")
            case .stopped: ("stopped", nil)
            case .failed(let state, let reason): (state, reason)
            }
        if json {
            let shown: JSONValue = [
                "source": .string(task.source.name), "api": .string(task.api), "state": .string(state),
                "reason": reason.map(JSONValue.string) ?? .null, "dry_run": .bool(dryRun),
                "since": report.window.map { .string($0.since.rfc3339) } ?? .null,
                "until": report.window.map { .string($0.until.rfc3339) } ?? .null, "pages": number(counts.pages),
                "compared": number(counts.compared), "absent": number(counts.absent), "older": number(counts.older),
                "refused": number(counts.refused), "jobs": number(counts.jobs),
                "unlisted_before": report.unlistedBefore.map { .string($0.rfc3339) } ?? .null,
            ]
            return Console.say(shown.text)
        }
        var text = "\(task.source.name) through \(task.api)"
        let time = times.shape
        if let window = report.window { text += ", \(time.text(window.since)) to \(time.text(window.until))" }
        text += ": \(task.compared(counts.compared)) compared, "
        text += "\(counts.absent) absent, \(counts.older) older"
        if counts.refused > 0 { text += ", \(counts.refused) could not be recorded" }
        text += dryRun ? "; nothing was changed" : ", \(Plural.text(counts.jobs, "job")) made"
        if let first = report.unlistedBefore {
            text += "; what happened before \(time.text(first)) is no longer listed"
        }
        if let reason { text += ". Ended early (\(state)): \(reason)" }
        Console.say(text + ".")
    }

    private func number(_ count: Int) -> JSONValue { .number(JSONNumber(Int64(count))) }
}
