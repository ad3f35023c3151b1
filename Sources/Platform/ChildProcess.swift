internal import Glibc
internal import Synchronization

/// A child process. It may be signalled and waited for from any thread; once its end has been seen, no signal is sent
/// then, so that a reused process id is never hit. Dropping the last reference leaves the child running.
public final class ChildProcess: Sendable {
    /// The process id.
    public let pid: Int32
    /// The program, as it was given.
    public let program: String

    private let ended = Mutex<ExitStatus?>(nil)

    /// Starts a child with posix_spawn(3): safe in a process with many threads. The child gets the three streams of
    /// the command and no other descriptor, default signal dispositions and an empty signal mask.
    ///
    /// - Throws: ``ChildProcessError`` when a file cannot be opened or the program cannot be run.
    public static func spawn(_ command: ChildCommand) throws(ChildProcessError) -> ChildProcess {
        var plan = SpawnPlan(command)
        defer { plan.release() }
        return ChildProcess(pid: try plan.run(), program: command.arguments.first ?? "")
    }

    private init(pid: Int32, program: String) {
        self.pid = pid
        self.program = program
    }

    /// Whether the child has not ended yet.
    public var isRunning: Bool { poll() == nil }

    /// Sends a signal, to the whole process group if asked for (the child must lead one).
    ///
    /// - Returns: false when the child has ended before.
    @discardableResult
    public func signal(_ signal: Signal, group: Bool = false) -> Bool {
        ended.withLock { status in
            Self.reap(pid, &status)
            return status == nil && kill(group ? -pid : pid, signal.rawValue) == 0
        }
    }

    /// Waits for the end.
    ///
    /// - Parameter timeout: nil waits without limit.
    /// - Returns: how it ended; nil when it is still running after the timeout.
    public func wait(timeout: Duration? = nil) -> ExitStatus? {
        let end = timeout.map { ContinuousClock.now + $0 }
        var pause: UInt32 = 500
        while true {
            if let status = poll() { return status }
            if let end, ContinuousClock.now >= end { return nil }
            usleep(pause)
            pause = min(pause * 2, 10_000)
        }
    }

    /// Ends the child: a signal, and SIGKILL to its group when it is still there after `grace`.
    ///
    /// - Returns: how it ended.
    @discardableResult
    public func terminate(with first: Signal = .terminate, grace: Duration = .seconds(5)) -> ExitStatus {
        signal(first)
        var patience = grace
        while true {
            if let status = wait(timeout: patience) { return status }
            if !signal(.kill, group: true) { signal(.kill) }
            patience = .seconds(1)
        }
    }

    private func poll() -> ExitStatus? {
        ended.withLock { status in
            Self.reap(pid, &status)
            return status
        }
    }

    private static func reap(_ pid: Int32, _ status: inout ExitStatus?) {
        guard status == nil else { return }
        var raw: Int32 = 0
        let result = waitpid(pid, &raw, WNOHANG)
        if result == pid {
            status = ExitStatus(waitStatus: raw)
        } else if result < 0, errno == ECHILD {
            // Somebody else collected it (SIGCHLD ignored): it is gone, and its status is unknown.
            status = .exited(255)
        }
    }
}
