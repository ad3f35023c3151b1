import LocalStack
import Platform

/// The processor time of Postgres servers, in microseconds, from /proc (proc(5)): what else runs on the machine changes it little.
struct PostgresTime {
    /// Of the sessions, and of everything that has ended.
    var sessions = 0.0
    /// Of what a server does beside its sessions: checkpoints, vacuum, statistics.
    var background = 0.0

    var all: Double { sessions + background }

    /// A clock tick (USER_HZ is 100 on Linux), in microseconds.
    private static let tick = 10_000.0
    /// What the names of a server's own processes contain.
    private static let own = [
        "checkpointer", "background writer", "walwriter", "autovacuum", "logical replication", "walsender", "startup",
    ]

    /// None.
    init() {}

    private init(sessions: Double, background: Double) { (self.sessions, self.background) = (sessions, background) }

    /// Until now.
    init(of clusters: [PostgresCluster]) {
        let servers = Set(clusters.compactMap(\.pid))
        for pid in ((try? Files.list("/proc")) ?? []).compactMap({ Int32($0) }) {
            guard let fields = Self.stat(pid) else { continue }
            if servers.contains(pid) {
                // With the processes that ended.
                sessions += Self.used(pid) + Double(fields[13] + fields[14]) * Self.tick
            } else if servers.contains(Int32(fields[1])) {
                let name = (try? Files.readText("/proc/\(pid)/cmdline")) ?? ""
                if Self.own.contains(where: name.contains) {
                    background += Self.used(pid)
                } else {
                    sessions += Self.used(pid)
                }
            }
        }
    }

    /// Of the first thread of this process.
    static var ofThisProcess: Double { used(HostName.pid) }

    static func - (later: Self, earlier: Self) -> Self {
        Self(sessions: later.sessions - earlier.sessions, background: later.background - earlier.background)
    }

    static func + (one: Self, other: Self) -> Self {
        Self(sessions: one.sessions + other.sessions, background: one.background + other.background)
    }

    /// Of one process; a process of Postgres has one thread.
    private static func used(_ pid: Int32) -> Double {
        let text = (try? Files.readText("/proc/\(pid)/schedstat")) ?? ""
        return (text.split(separator: " ").first.flatMap { Double($0) } ?? 0) / 1000
    }

    /// The numbers behind the name: the second one is the parent, those from the 14th on the time of children that ended.
    private static func stat(_ pid: Int32) -> [Int]? {
        guard let text = try? Files.readText("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ").map { Int($0) ?? 0 }
        return fields.count > 14 ? fields : nil
    }
}
