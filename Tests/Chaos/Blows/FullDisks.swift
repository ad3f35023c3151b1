import LocalStack
import Platform

extension Blow {
    /// A file system is full for a while.
    static let fullDisks = [
        full("disk full: Postgres data") { $0.pair.primary.data },
        full("disk full: WAL") { $0.pair.primary.wal },
        full("disk full: spool") { $0.folder + "/spool" },
        full("disk full: logs") { $0.stack.folder.logs },
    ]

    private static func full(_ kind: String, _ folder: @escaping @Sendable (Stand) -> String) -> Blow {
        Blow(kind, weight: 2, need: .ownFileSystems) { stand, chance in
            // A full spool matters while the database is away.
            let pids = kind.hasSuffix("spool") ? stand.pair.primary.pids : []
            for pid in pids { ChildProcess.Signal.stop.send(to: pid) }
            defer { for pid in pids { ChildProcess.Signal.resume.send(to: pid) } }
            try stand.disks.fill(folder(stand), milliseconds: .random(in: 1000...2500, using: &chance))
            return true
        }
    }
}
