import Platform
import Postgres
import Testing

/// Locks and writes what a delivery does, one after the other on a thread of its own, and counts.
final class Deliveries: Sendable {
    private let isOver = Locked(false)
    private let state = Locked<(stored: Int, failed: Int)>((0, 0))
    private let thread: Thread

    init(conninfo: String) throws {
        let (isOver, state) = (isOver, state)
        thread = try Thread(name: "deliveries") {
            while !isOver.withLock({ $0 }) {
                let works = Self.deliver(conninfo)
                state.withLock { counts in
                    if works { counts.stored += 1 } else { counts.failed += 1 }
                }
                SystemClock.sleep(milliseconds: 10)
            }
        }
    }

    /// Stored, and failed.
    var counts: (stored: Int, failed: Int) { state.withLock { $0 } }

    func end() {
        isOver.withLock { $0 = true }
        thread.join()
    }

    /// As in `LedgerWriter`: a lock is waited for 200 ms.
    private static func deliver(_ conninfo: String) -> Bool {
        do throws(PostgresError) {
            let connection = try Connection(
                conninfo: conninfo, applicationName: "hookledger-delivery",
                settings: [("lock_timeout", "200ms"), ("search_path", "hookledger")])
            try connection.execute("select keep_canary(now())")
            return true
        } catch {
            return false
        }
    }
}
