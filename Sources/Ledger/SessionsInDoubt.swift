import Platform
package import Postgres

/// The rule of ``SessionsInDoubt``, as a value.
package struct DoubtfulSessions: Sendable {
    /// The most of them that may still be at work.
    private static let most = 2
    /// The process ids of their backends.
    package private(set) var pids: [Int32] = []

    /// None.
    package init() {}

    /// A session was lost.
    package mutating func add(_ pid: Int32) { pids.append(pid) }

    /// Of those that were asked for, these are still at work.
    /// - Returns: the error 53300 while there are too many; others may have been added meanwhile.
    package mutating func heard(atWork: [Int32], of asked: [Int32]) -> PostgresError? {
        pids.removeAll { asked.contains($0) && !atWork.contains($0) }
        if pids.count < Self.most || Mutation.isOn("hanging-commits-are-not-counted") { return nil }
        return PostgresError(
            state: .tooManyConnections, message: "\(pids.count) earlier sessions still hang in their COMMIT")
    }
}

/// Backends whose sessions were lost in the middle of a batch, of all writers of one program: a COMMIT that hangs keeps its
/// slot, and a further one would hang, too.
public final class SessionsInDoubt: Sendable {
    private let sessions = Locked(DoubtfulSessions())

    /// None.
    public init() {}

    /// A session was lost.
    func add(_ pid: Int32) { sessions.withLock { $0.add(pid) } }

    /// Lets a writer begin only while few lost sessions are still at work.
    /// - Throws: ``PostgresError`` 53300 while there are more, or what the query throws.
    func check(over connection: Connection) throws(PostgresError) {
        let asked = sessions.withLock { $0.pids }
        if asked.isEmpty { return }
        var atWork: [Int32] = []
        for row in try connection.query(LedgerSQL.atWork, [.integers(asked)]) {
            atWork.append(try Int32(clamping: row.bigint(0)))
        }
        let error = sessions.withLock { [atWork] in $0.heard(atWork: atWork, of: asked) }
        if let error { throw error }
    }
}
