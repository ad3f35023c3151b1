import LocalStack
import Platform

/// A stack that has nothing to do, with the batch processor started every minute.
struct IdleStack {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    /// Shares of one core in percent.
    struct Use {
        let parts: [(name: String, share: Double)]

        var total: Double { parts.reduce(0) { $0 + $1.share } }
        var text: String { parts.map { "\($0.name) \(format($0.share)) %" }.joined(separator: ", ") }
    }

    func measure() throws -> Use {
        let folder = try Files.makeTemporaryFolder("hl-bench", mode: 0o711)
        defer { try? Files.remove(folder) }
        var options = StackOptions(
            folder: folder, programs: .beside(try Executable.folder() + "/hookledger"),
            share: stand.options.repository)
        (options.httpsPort, options.httpPort) = (0, 0)
        let stack = try LocalStack(options)
        defer { stack.stop() }
        guard let postgres = try PostgresCluster(folder: folder).pid else { throw BenchFailure("no Postgres runs") }
        // What the start has left to do.
        SystemClock.sleep(milliseconds: 3000)
        let start = SystemClock.monotonicNanoseconds()
        let before = Self.ticks(supervisor: stack.state.supervisor.pid, postgres: postgres)
        SystemClock.sleep(milliseconds: stand.options.latencySeconds * 1000)
        let after = Self.ticks(supervisor: stack.state.supervisor.pid, postgres: postgres)
        let microseconds = Double(SystemClock.monotonicNanoseconds() - start) / 1000
        return Use(
            parts: after.map { part in
                let ticks = part.ticks - (before.first { $0.name == part.name }?.ticks ?? 0)
                return (part.name, Double(ticks) * ProcessTable.tick / microseconds * 100)
            })
    }

    /// Clock ticks of each part. The supervisor is a tool of development and does not count; what has ended below it were
    /// runs of the batch processor.
    private static func ticks(supervisor: Int32, postgres: Int32) -> [(name: String, ticks: Int)] {
        let table = ProcessTable()
        var (responders, nginx, batch) = (0, 0, table.ended(supervisor))
        for child in table.children(of: supervisor) where child != postgres {
            switch ProcessTable.name(child) {
            case "nginx": nginx += table.all(child)
            case let name where name.hasPrefix("hookledger-bat"): batch += table.all(child)
            case let name where name.hasPrefix("hookledger-res"): responders += table.all(child)
            // The stand-in for Slack.
            default: break
            }
        }
        return [
            ("responders", responders), ("batch processor", batch), ("Postgres", table.all(postgres)), ("nginx", nginx),
        ]
    }
}
