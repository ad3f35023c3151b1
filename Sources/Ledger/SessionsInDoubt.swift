import Platform
import Postgres

/// Backends whose sessions were lost in the middle of a batch, of all writers of one program: a COMMIT that hangs keeps its
/// slot, and a further one would hang, too.
public final class SessionsInDoubt: Sendable {
    /// The most of them that may still be at work.
    private static let most = 2
    private let pids = Locked<[Int32]>([])

    /// None.
    public init() {}

    /// A session was lost.
    func add(_ pid: Int32) { pids.withLock { $0.append(pid) } }

    /// Lets a writer begin only while few lost sessions are still at work.
    /// - Throws: ``PostgresError`` 53300 while there are more, or what the query throws.
    func check(over connection: Connection) throws(PostgresError) {
        let asked = pids.withLock { $0 }
        if asked.isEmpty { return }
        var atWork: [Int32] = []
        for row in try connection.query(LedgerSQL.atWork, [.integers(asked)]) {
            atWork.append(try Int32(clamping: row.bigint(0)))
        }
        // Another writer may have added one meanwhile.
        let count = pids.withLock { [atWork] pids in
            pids.removeAll { asked.contains($0) && !atWork.contains($0) }
            return pids.count
        }
        guard count < Self.most || Mutation.isOn("hanging-commits-are-not-counted") else {
            throw PostgresError(
                state: .tooManyConnections, message: "\(count) earlier sessions still hang in their COMMIT")
        }
    }
}
