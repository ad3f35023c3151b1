import Glibc

/// A signal that the programs handle (signal(7)).
public enum Signal: Sendable {
    /// SIGINT: Ctrl-C.
    case interrupt
    /// SIGTERM: a supervisor asks for an orderly end.
    case terminate
    /// SIGUSR1: what some FastCGI process managers send for a graceful end.
    case user1
    /// SIGHUP: the terminal has gone away.
    case hangUp
    /// SIGCHLD: a child process has changed its state.
    case child

    /// The number of the signal, for kill(2).
    public var number: Int32 {
        switch self {
        case .interrupt: SIGINT
        case .terminate: SIGTERM
        case .user1: SIGUSR1
        case .hangUp: SIGHUP
        case .child: SIGCHLD
        }
    }
}

/// Signals taken one at a time by a thread that waits for them, instead of handlers that interrupt any thread.
public enum Signals {
    /// Blocks signals in the calling thread and in every thread that it starts from now on (pthread_sigmask(3)).
    ///
    /// Call it before the first thread starts: a thread with the signal unblocked would take the default action.
    public static func block(_ signals: [Signal]) {
        var set = makeSet(signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for one of the signals and takes it (sigwait(3)). All of them must be blocked in every thread.
    ///
    /// - Returns: the signal taken, one of `signals`.
    public static func wait(for signals: [Signal]) -> Signal {
        var set = makeSet(signals)
        while true {
            var number: Int32 = 0
            if sigwait(&set, &number) == 0, let signal = signals.first(where: { $0.number == number }) {
                return signal
            }
        }
    }

    /// Sends a signal to one thread of this process (pthread_kill(3)). The thread must still run.
    public static func send(_ signal: Signal, to thread: ThreadIdentity) {
        pthread_kill(thread.handle, signal.number)
    }

    /// Lets a write to a closed connection fail with EPIPE instead of ending the process (signal(7), SIGPIPE).
    public static func ignoreBrokenPipe() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    private static func makeSet(_ signals: [Signal]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal.number) }
        return set
    }
}
