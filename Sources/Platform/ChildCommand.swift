/// The program to start, with its streams and environment.
public struct ChildCommand: Sendable {
    /// The target of a child's stream.
    public enum Stream: Sendable, Hashable {
        /// `/dev/null`.
        case null
        /// The stream of this process.
        case inherit
        /// A file: read for standard input; appended to, and made with mode 0640, for the others.
        case file(String)
        /// A descriptor of this process, which stays open here.
        case descriptor(Int32)
    }

    /// The program and its arguments. A name without a slash is looked up in `PATH`.
    public var arguments: [String]
    /// The full environment of the child; nil passes on that of this process.
    public var environment: [String: String]?
    /// The working folder; nil keeps that of this process.
    public var folder: String?
    /// Standard input.
    public var input: Stream = .null
    /// Standard output.
    public var output: Stream = .null
    /// Standard error.
    public var errors: Stream = .inherit
    /// Whether the child leads a process group of its own, so that Ctrl-C in a terminal does not reach it and
    /// ``ChildProcess/signal(_:group:)`` can reach its children.
    public var ownGroup = true

    /// A command with input and output from and to `/dev/null`, and errors where this process writes its own.
    public init(
        _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil, input: Stream = .null,
        output: Stream = .null, errors: Stream = .inherit
    ) {
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
        self.output = output
        self.errors = errors
    }

    /// The same command, ended by SIGTERM when the thread that starts it ends, and so when this process does, even by
    /// SIGKILL (prctl(2), PR_SET_PDEATHSIG). Start it from the main thread.
    public func endingWithParent() -> ChildCommand {
        var command = self
        command.arguments = ["setpriv", "--pdeathsig", "TERM", "--"] + arguments
        return command
    }

    /// The same command run by root as another user with that user's groups; the process id stays that of the child
    /// (setpriv(1) replaces itself). The environment is not changed, HOME included.
    public func asUser(_ name: String) -> ChildCommand {
        var command = self
        command.arguments = ["setpriv", "--reuid", name, "--regid", name, "--init-groups", "--"] + arguments
        return command
    }
}

/// How a process ended.
public enum ExitStatus: Sendable, Hashable {
    /// It exited by itself, with this code; 0 is success.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    /// Reads the status of waitpid(2).
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(waitStatus >> 8 & 0xff) : .signalled(signal)
    }
}

/// A child that could not be started or waited for.
public struct ChildProcessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The program.
    public let program: String
    /// The call that failed.
    public let operation: String
    /// errno.
    public let code: Int32

    /// Program, call and the system's text for the code.
    public var description: String { "\(program): \(operation): \(errorText(code))" }
}
