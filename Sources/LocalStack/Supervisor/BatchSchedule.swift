internal import Platform

/// Starts the batch processor like cron: every minute, with almost no environment, whether or not the last run is over.
struct BatchSchedule {
    private let command: ChildCommand
    private let interval: Duration
    private var next = ContinuousClock.now
    private var running: [ChildProcess] = []

    init(_ program: String, _ folder: StackFolder, interval: Int) {
        let log = ChildCommand.Stream.file(folder.log("batch"))
        command = ChildCommand(
            [program, "--config", folder.configuration, "--for", "\(interval + 5)s"],
            // What cron sets (crontab(5)), and nothing else.
            environment: ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/", "LOGNAME": "hookledger"],
            folder: "/", output: log, errors: log
        ).endingWithParent()
        self.interval = .seconds(interval)
    }

    /// The process ids of the runs that are not over.
    var pids: [Int32] { running.map(\.pid) }

    /// Starts a run if it is due.
    ///
    /// - Returns: how runs ended that did not exit with 0, and whether one was started.
    mutating func tend() throws(ChildProcessError) -> (failures: [ExitStatus], started: Bool) {
        var failures: [ExitStatus] = []
        running.removeAll { process in
            guard let status = process.wait(timeout: .zero) else { return false }
            if status != .exited(0) { failures.append(status) }
            return true
        }
        guard ContinuousClock.now >= next else { return (failures, false) }
        next += interval
        running.append(try ChildProcess.spawn(command))
        return (failures, true)
    }

    /// Ends all runs; they release their jobs.
    mutating func end() {
        for process in running { process.signal(.terminate) }
        for process in running { process.terminate(grace: .seconds(5)) }
        running = []
    }
}
