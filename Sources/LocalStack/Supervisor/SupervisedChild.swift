internal import Platform

/// One long-running part of the stack, started again whenever it ends.
struct SupervisedChild {
    let name: String
    let log: String
    private var command: ChildCommand
    private var process: ChildProcess?
    private var startedAt = ContinuousClock.now
    /// The number of successive early ends.
    private var quickEnds = 0

    /// A part that has run this long did start.
    private static let settled = Duration.seconds(5)

    /// - Parameters:
    ///   - command: its streams lead into `log`.
    ///   - log: the file that holds what it writes.
    init(_ name: String, _ command: ChildCommand, log: String) {
        self.name = name
        self.log = log
        self.command = command.endingWithParent()
        self.command.output = .file(log)
        self.command.errors = .file(log)
    }

    /// The process id; nil while it does not run.
    var pid: Int32? { process?.pid }

    /// The result of a check of the child.
    enum Change {
        case started
        case ended(ExitStatus, startedAgainIn: Duration)
    }

    /// Checks the child; starts it if it does not run and its pause is over: none after a long run, then 50 ms, doubled
    /// with each early end, up to 5 s.
    ///
    /// - Returns: what has changed; nil when nothing.
    mutating func tend() throws(ChildProcessError) -> Change? {
        let now = ContinuousClock.now
        if let process {
            guard let status = process.wait(timeout: .zero) else { return nil }
            quickEnds = now - startedAt < Self.settled ? quickEnds + 1 : 0
            self.process = nil
            startedAt = now
            return .ended(status, startedAgainIn: pause)
        }
        guard now - startedAt >= pause else { return nil }
        process = try ChildProcess.spawn(command)
        startedAt = now
        return .started
    }

    /// Ends it for good.
    mutating func end(_ signal: ChildProcess.Signal = .terminate, grace: Duration = .seconds(5)) {
        process?.terminate(with: signal, grace: grace)
        process = nil
    }

    private var pause: Duration {
        quickEnds == 0 ? .zero : min(.milliseconds(50) * (1 << min(quickEnds - 1, 7)), .seconds(5))
    }
}
