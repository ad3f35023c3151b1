import Actions
import ArgumentParser
import Jobs
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

            SIGTERM ends it early: jobs not yet started are released, running ones finish. A killed run loses \
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

    @Option(help: "How many runs may be active at the same time (default: batch.slots of the configuration, 4).")
    var slots: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
        if let slots, !(1...64).contains(slots) { throw ValidationError("--slots must be from 1 to 64") }
    }

    func run() throws {
        Signals.ignoreBrokenPipe()
        // Before the first thread starts, so that they interrupt no thread.
        Signals.block([.terminate, .interrupt])
        let settings = try load()
        LogLines.bootstrap(level: Logger.Level(rawValue: settings.log.level.rawValue) ?? .info)
        let stop = StopFlag()
        let signals = try Thread(name: "signals") {
            _ = Signals.wait(for: [.terminate, .interrupt])
            stop.raise()
        }
        let bar = Locked(ProgressBar("jobs"))
        let report = try Work(settings: settings, options: options(settings, bar), stop: stop).run()
        _ = signals
        bar.withLock { $0.end() }
        let status = Work.status(report.end)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    private func options(_ settings: Settings, _ bar: Locked<ProgressBar>) -> RunOptions {
        var options = RunOptions()
        options.duration = time.duration
        options.once = once
        options.limit = limit
        options.slots = slots ?? settings.batch.slots
        options.perHost = settings.batch.perDestination
        options.maxHeld = settings.batch.inFlight
        options.batch = min(options.batch, options.maxHeld)
        if ProgressBar.isSeen {
            options.progress = { report, left in bar.withLock { report.show(on: &$0, left: left) } }
        }
        return options
    }

    private func load() throws -> Settings {
        do {
            return try Settings.load(
                path: config, for: .batch, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(ProgramExit.configuration.rawValue)
        }
    }
}
