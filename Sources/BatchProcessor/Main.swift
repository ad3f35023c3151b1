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
            "Does the slow work that received webhooks made: claims jobs, runs their actions, writes down the end.",
        discussion: """
            cron starts it every minute with --for 65s, so that runs overlap and no second is uncovered. It works off \
            what is due and then asks five times a second for more until its time is over. As many runs as the \
            database has slots for work side by side; a further one ends at once with exit code 0.

            SIGTERM ends it early: what was not begun is handed back, what is under way is finished. A killed run loses \
            nothing: its jobs come back within a minute.

            Log: JSON lines on standard error, one per attempt and one per run.
            Exit codes: 0 done, 64 usage, 75 Postgres was away (the next run goes on), 78 configuration or schema.
            """)

    @Option(name: .customLong("for"), help: "How long to work, such as 65s, 10min or 500ms.")
    var time = RunTime.standard

    @Flag(help: "End as soon as nothing is due any more.")
    var once = false

    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    @Option(help: "Take so many jobs at most.")
    var limit: Int?

    @Option(help: "How many runs may work at the same time (default: batch.slots of the configuration, 4).")
    var slots: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
        if let slots, !(1...64).contains(slots) { throw ValidationError("--slots must be from 1 to 64") }
    }

    func run() throws {
        Signals.ignoreBrokenPipe()
        // Before the first thread starts, so that no thread is interrupted by them.
        Signals.block([.terminate, .interrupt])
        let settings = try load()
        LogLines.bootstrap(level: Logger.Level(rawValue: settings.log.level.rawValue) ?? .info)
        let stop = StopFlag()
        let signals = try Thread(name: "signals") {
            _ = Signals.wait(for: [.terminate, .interrupt])
            stop.raise()
        }
        let report = try Work(settings: settings, options: options(settings), stop: stop).run()
        _ = signals
        if ProgressBar.isSeen { ProgressBar.end() }
        let status = Work.status(report.end)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    private func options(_ settings: Settings) -> RunOptions {
        var options = RunOptions()
        options.duration = time.milliseconds
        options.once = once
        options.limit = limit
        options.slots = slots ?? settings.batch.slots
        options.perHost = settings.batch.perDestination
        options.maxHeld = settings.batch.inFlight
        options.batch = min(options.batch, options.maxHeld)
        if ProgressBar.isSeen { options.progress = ProgressBar.show }
        return options
    }

    private func load() throws -> Settings {
        do {
            return try Settings.load(
                path: config, for: .batch, from: .system, now: SystemClock.now)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(ProgramExit.configuration.rawValue)
        }
    }
}
