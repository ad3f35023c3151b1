import Platform
import Postgres

/// The last id of each sequence of a cell. Those of a slot must not meet after it has come to another cell.
struct DrawnIDs {
    private let last: [String: Int64]

    /// How long the lock of a sequence is tried for, and the pause between two tries.
    private static let patience = Duration.seconds(90)
    private static let pause = 100

    init(of connection: Connection) throws(PostgresError) {
        var last: [String: Int64] = [:]
        for row in try connection.query(CellSQL.drawn) { last[try row.text(0)] = try row.bigint(1) }
        self.last = last
    }

    /// Sets the sequences of another cell above these.
    func pass(on connection: Connection) throws(PostgresError) {
        let present = try DrawnIDs(of: connection).last
        for (name, last) in last.sorted(by: { $0.key < $1.key }) where present[name] ?? 0 < last {
            try Self.raise(name, above: last, on: connection)
        }
    }

    private static func raise(_ name: String, above last: Int64, on connection: Connection) throws(PostgresError) {
        let end = ContinuousClock.now + patience
        while true {
            do throws(PostgresError) {
                try connection.execute("begin; set local lock_timeout = '200ms'")
                _ = try connection.query(CellSQL.raise, [.text(name), .bigint(last)])
                return try connection.execute("commit")
            } catch {
                _ = try? connection.execute("rollback")
                guard error.state == .lockNotAvailable, ContinuousClock.now < end else { throw error }
            }
            SystemClock.sleep(milliseconds: pause)
        }
    }
}
