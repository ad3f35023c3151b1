import LocalStack
import Platform

/// The processor time of a Postgres server and all of its sessions, from /proc (proc(5)): what else runs on the machine changes it
/// little.
enum PostgresTime {
    /// Ticks of a second (USER_HZ is 100 on Linux).
    private static let tick = 10_000

    /// In microseconds, of the live processes and those that ended.
    static func microseconds(of clusters: [PostgresCluster]) -> Int {
        let servers = Set(clusters.compactMap(\.pid))
        var ticks = 0
        for pid in ((try? Files.list("/proc")) ?? []).compactMap({ Int32($0) }) {
            guard let fields = stat(pid) else { continue }
            if servers.contains(pid) {
                // With the sessions that ended.
                ticks += fields[11] + fields[12] + fields[13] + fields[14]
            } else if servers.contains(Int32(fields[1])) {
                ticks += fields[11] + fields[12]
            }
        }
        return ticks * tick
    }

    /// The numbers behind the name: the second one is the parent, the 12th and 13th the time.
    private static func stat(_ pid: Int32) -> [Int]? {
        guard let text = try? Files.readText("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ").map { Int($0) ?? 0 }
        return fields.count > 14 ? fields : nil
    }
}
