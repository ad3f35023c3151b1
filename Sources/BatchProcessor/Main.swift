import Actions
import ArgumentParser
import Jobs
import Ledger
import LogLines
import Logging
import Outbound
import Platform
import Settings
import Webhooks

/// `hookledger-batch`, started by cron.
@main struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger-batch",
        abstract:
            "Runs the jobs that webhooks made: claims them, runs their actions, records the outcome.",
        discussion: """
            cron starts it every minute with --for 65s, so that runs overlap without a gap. It runs \
            what is due, then waits for new jobs until its time is over: the database notifies it, and it polls \
            at least once a second. Runs share a fixed number of slots in the database; a run that finds them all \
            taken exits at once with 0.

            SIGTERM ends it early: jobs not yet started are released, running ones finish. SIGHUP reads the \
            configuration again and continues with it; a wrong one is refused. A killed run loses \
            nothing: its jobs are ready again within a minute.

            Log: JSON lines on standard error, one per attempt and one per run.
            Exit codes: 0 done, 64 usage, 75 Postgres was away (the next run continues), 78 configuration or schema.
            """)

    @Option(name: .customLong("for"), help: "How long to run, such as 65s, 10min or 500ms.")
    var time = RunTime.standard

    @Flag(help: "Exit as soon as nothing is due.")
    var once = false

    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    @Option(help: "Run at most this many jobs.")
    var limit: Int?

    @Option(help: "Work on this cell of database.cells (default: $HOOKLEDGER_CELL, else the database itself).")
    var cell: String?

    @Option(help: "How many runs may be active at the same time (default: batch.slots of the configuration, 4).")
    var slots: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
        if let slots, !(1...64).contains(slots) { throw ValidationError("--slots must be from 1 to 64") }
    }

    func run() throws {
        Signals.ignoreBrokenPipe()
        // Before the first thread, and for each reading of the configuration.
        if let cell { try Environment.set("HOOKLEDGER_CELL", to: cell) }
        // Before the first thread starts, so that they interrupt no thread.
        Signals.block([.terminate, .interrupt, .hangUp])
        let readAt = SystemClock.monotonicNanoseconds()
        let settings: Settings
        do {
            settings = try Self.load(config)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(ProgramExit.configuration.rawValue)
        }
        LogLines.bootstrap(level: Logger.Level(rawValue: settings.log.level.rawValue) ?? .info)
        let report = ConfigurationReport(
            program: "batch", host: HostName.own, pid: HostName.pid, using: settings.revision, readAt: readAt)
        let metrics = Metrics(program: "batch")
        let turns = Turns(settings)
        let reload = ConfigurationReload(settings, role: .batch, report: report, metrics: metrics) {
            [config] () throws(SettingsErrors) in try Self.load(config)
        }
        let listener = SignalListener(turns: turns, reload: reload, logger: Logger(label: "hookledger.batch"))
        // It waits for signals until the process ends.
        _ = try Thread(name: "signals") { listener.run() }
        let bar = Locked(ProgressBar("jobs"))
        let end = try work(turns, report, metrics, bar)
        reload.finish()
        report.leave(to: turns.current.settings.database.door.connection(for: .batch).conninfo)
        bar.withLock { $0.end() }
        let status = Work.status(end)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    /// Works in turns until the time is over.
    private func work(
        _ turns: Turns, _ report: ConfigurationReport, _ metrics: Metrics, _ bar: Locked<ProgressBar>
    ) throws -> RunReport.End {
        let end = SystemClock.monotonicNanoseconds() + time.duration.wholeNanoseconds
        var (turn, claimed) = (turns.current, 0)
        while true {
            var options = options(turn.settings, bar)
            options.duration = .nanoseconds(max(1, end - SystemClock.monotonicNanoseconds()))
            options.limit = limit.map { $0 - claimed }
            let run = try Work(
                settings: turn.settings, options: options, stop: turn.stop, report: report, metrics: metrics
            ).run()
            claimed += run.claimed
            let isFull = limit.map { claimed >= $0 } ?? false
            guard let next = turns.next(after: turn), !isFull, SystemClock.monotonicNanoseconds() < end else {
                return run.end
            }
            turn = next
        }
    }

    private func options(_ settings: Settings, _ bar: Locked<ProgressBar>) -> RunOptions {
        var options = RunOptions()
        options.once = once
        options.slots = slots ?? settings.batch.slots
        options.perHost = settings.batch.perDestination
        options.limits = settings.batch.destinations
        options.maxHeld = settings.batch.inFlight
        options.batch = min(options.batch, options.maxHeld)
        if ProgressBar.isSeen {
            options.progress = { report, left in bar.withLock { report.show(on: &$0, left: left) } }
        }
        return options
    }

    private static func load(_ config: String?) throws(SettingsErrors) -> Settings {
        try Settings.load(path: config, for: .batch, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
    }
}
