import LocalStack
import Platform
import Postgres
import StackSuite

/// Pins processes to processors (taskset(1)).
enum Pins {
    /// Pins the responder to the first processor and Postgres to the second: then the committers of one responder run one
    /// at a time, as the kernel has it, beside a Postgres that serves them all. What the supervisor starts again is pinned
    /// as well, to the first.
    static func pin(_ stack: LocalStack) throws {
        let cluster = try PostgresCluster(folder: stack.folder.path)
        let sessions = try StackBooks(stack).lines("select pid from pg_stat_activity").compactMap { Int32($0) }
        let own = try TestStack.processes(stack.folder).values + [stack.state.supervisor.pid]
        let postgres = sessions + [cluster.pid].compactMap(\.self)
        try pin(own.filter { !postgres.contains($0) }, to: 0)
        try pin(postgres, to: min(1, Processors.usable - 1))
    }

    private static func pin(_ pids: [Int32], to processor: Int) throws {
        for pid in pids {
            let command = ["taskset", "--all-tasks", "--cpu-list", "--pid", String(processor), String(pid)]
            let pinned = try ChildProcess.run(ChildCommand(command))
            // A session or a run of jobs may have ended meanwhile.
            guard pinned.succeeded || !Files.exists("/proc/\(pid)") else { throw Failure(text: pinned.errorText) }
        }
    }

    private struct Failure: Error { let text: String }
}
