import Platform
import Postgres

extension Blow {
    /// SIGKILL to a part, which starts again.
    static let kills = [
        Blow("kill -9 responder", weight: 10) { stand, _ in stand.signal("ingest", .kill) },
        Blow("kill -9 batch processor", weight: 10) { stand, _ in stand.signal("batch", .kill) },
        Blow("kill -9 backend", weight: 8) { stand, chance in
            // Postgres ends all the others, and recovers from its log.
            let sql = "select pid from pg_stat_activity where application_name like 'hookledger-%' order by pid"
            guard let rows = try? stand.pair.connect().query(sql), !rows.isEmpty else { return false }
            return ChildProcess.Signal.kill.send(
                to: Int32(try rows[Int.random(in: 0..<rows.count, using: &chance)].int(0)))
        },
        Blow("kill -9 postmaster", weight: 6) { stand, _ in
            stand.pair.primary.pid.map { ChildProcess.Signal.kill.send(to: $0) } ?? false
        },
        Blow("kill -9 nginx worker", weight: 8) { stand, _ in
            let workers = stand.pids("nginx").flatMap(Processes.children)
            return workers.first.map { ChildProcess.Signal.kill.send(to: $0) } ?? false
        },
    ]
}
