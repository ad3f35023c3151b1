import FaultSupport
import Patience
import Platform
import Postgres

extension Blow {
    /// A session that holds an old snapshot, so that nothing is vacuumed, beside the next blows.
    static let pinXmin = Blow("xmin pinned", weight: 3) { stand, _ in
        guard let pair = try? stand.pair.connect() else { return false }
        pair.close()
        try stand.inBackground { [stand] in
            guard let session = try? stand.pair.connect() else { return }
            try? session.execute("begin isolation level repeatable read; select count(*) from hookledger.jobs")
            SystemClock.sleep(milliseconds: 8000)
            session.close()
        }
        return true
    }

    /// No further session is let in, and those that are there are ended.
    static let connectionLimit = Blow("connection limit", weight: 3) { stand, chance in
        guard let session = try? stand.pair.connect() else { return false }
        let limits = try session.query("select rolname, rolconnlimit from pg_roles where rolname like 'hookledger_%'")
        var before: [(String, Int)] = []
        for row in limits { before.append((try row.text(0), try row.int(1))) }
        for (role, _) in before { try session.execute("alter role \(role) connection limit 0") }
        try session.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'hookledger_%'")
        SystemClock.sleep(milliseconds: .random(in: 500...2000, using: &chance))
        let restore = before.map { "alter role \($0.0) connection limit \($0.1)" }.joined(separator: ";")
        return eventually(withinSeconds: 20) { (try? stand.pair.connect().execute(restore)) != nil }
    }
}
