internal import CPlatform
internal import Glibc

/// The C side of one posix_spawn(3): file actions, attributes, and what must be released afterwards.
struct SpawnPlan {
    private let command: ChildCommand
    private var actions = posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()
    private var opened: [Int32] = []

    init(_ command: ChildCommand) {
        self.command = command
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
    }

    #if DEBUG
        private var planted: [String] { Mutation.environment }
    #else
        private var planted: [String] { [] }
    #endif

    mutating func release() {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        for descriptor in opened { close(descriptor) }
    }

    mutating func run() throws(ChildProcessError) -> Int32 {
        guard let program = command.arguments.first else { throw failure("spawn", EINVAL) }
        try connect(command.input, to: 0, flags: O_RDONLY)
        try connect(command.output, to: 1, flags: O_WRONLY | O_CREAT | O_APPEND)
        try connect(command.errors, to: 2, flags: O_WRONLY | O_CREAT | O_APPEND)
        // Every other descriptor is closed, even one without close-on-exec.
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        if let folder = command.folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        setSignals()

        var pid: pid_t = 0
        let environment =
            command.environment.map { $0.map { "\($0.key)=\($0.value)" } + planted } ?? currentEnvironment()
        let code = withPointers(command.arguments) { arguments in
            withPointers(environment) { posix_spawnp(&pid, program, &actions, &attributes, arguments, $0) }
        }
        guard code == 0 else { throw failure("spawn", code) }
        return pid
    }

    /// The source is first copied to a number above 2: the child's own dup2 calls could overwrite it otherwise.
    private mutating func connect(
        _ stream: ChildCommand.Stream, to target: Int32, flags: Int32
    ) throws(ChildProcessError) {
        let source: Int32
        switch stream {
        case .inherit: source = fcntl(target, F_DUPFD_CLOEXEC, 3)
        case .descriptor(let descriptor): source = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        case .null: source = open("/dev/null", O_RDWR | O_CLOEXEC)
        case .file(let path): source = open(path, flags | O_CLOEXEC, 0o640)
        }
        guard source >= 0 else { throw failure("standard stream \(target)", errno) }
        if source > 2 { opened.append(source) }
        posix_spawn_file_actions_adddup2(&actions, source, target)
    }

    private mutating func setSignals() {
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        if command.ownGroup {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= POSIX_SPAWN_SETPGROUP
        }
        posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
    }

    private func failure(_ operation: String, _ code: Int32) -> ChildProcessError {
        ChildProcessError(program: command.arguments.first ?? "", operation: operation, code: code)
    }
}

/// The environment of this process as `NAME=value` lines.
func currentEnvironment() -> [String] {
    var lines: [String] = []
    var entry = environ
    while let line = entry.pointee {
        lines.append(String(cString: line))
        entry += 1
    }
    return lines
}

/// Calls `body` with a NULL-terminated array of C strings, valid during the call.
private func withPointers<R>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
    let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return copies.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the array holds at least NULL") }
        return body(base)
    }
}
