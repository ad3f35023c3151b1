internal import Glibc
internal import Synchronization

/// Ends another process when this one ends, even by SIGKILL: a small shell waits on a pipe whose other end only this
/// process holds.
public final class LifeLine: Sendable {
    private let watcher: ChildProcess
    private let ours: Mutex<Int32>

    /// Waits for the end of this process; then sends SIGQUIT, after 10 s SIGKILL, and removes the given paths.
    private static let script = """
        read -r line
        pid=$1; shift
        kill -QUIT "$pid" 2>/dev/null
        tries=0
        while [ -e "/proc/$pid/exe" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
        kill -KILL "$pid" 2>/dev/null
        [ $# -eq 0 ] || rm -rf -- "$@"
        """

    /// Ties a process to this one.
    ///
    /// - Parameters:
    ///   - pid: the process to end. Cut the line before its number can be given to another process.
    ///   - paths: files and folders to remove after its end.
    public init(ending pid: Int32, removing paths: [String] = []) throws(ChildProcessError) {
        var ends: [Int32] = [-1, -1]
        // Unlike a pipe, a socket pair is close-on-exec from the first moment in every libc.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw ChildProcessError(program: "sh", operation: "socketpair", code: errno)
        }
        defer { close(ends[1]) }
        do throws(ChildProcessError) {
            var command = ChildCommand(["/bin/sh", "-c", Self.script, "hookledger-lifeline", String(pid)] + paths)
            command.folder = "/"
            command.input = .descriptor(ends[1])
            command.errors = .null
            watcher = try ChildProcess.spawn(command)
        } catch {
            close(ends[0])
            throw error
        }
        ours = Mutex(ends[0])
    }

    /// Gives the process free; nothing is removed. Further calls do nothing.
    public func cut() {
        watcher.terminate(with: .kill, grace: .seconds(1))
        ours.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }

    /// Dropping the object pulls the line: the process is ended, as if this process had ended.
    deinit {
        ours.withLock { end in
            if end >= 0 { close(end) }
        }
    }
}
