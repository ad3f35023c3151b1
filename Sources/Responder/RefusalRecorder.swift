import Ledger
import Logging
import Platform
import Postgres
import Webhooks

/// Keeps refusals in memory and writes them once a second: at most 60 rows per source and minute; the rest is counted
/// and written as one row per kind every two seconds. A forger can make us verify, but not write.
final class RefusalRecorder: Sendable {
    /// The rows to write.
    private struct State {
        var sample = RefusalSample()
        var isClosed = false
    }

    private let state = Monitor(State())
    private let conninfo: String
    private let logger: Logger
    private let thread = Monitor<Thread?>(nil)

    init(conninfo: String, logger: Logger) {
        self.conninfo = conninfo
        self.logger = logger
    }

    /// Adds a refusal; never blocks.
    func record(_ refused: RefusedDelivery) {
        let now = SystemClock.monotonicNanoseconds()
        state.withLock { $0.sample.add(refused, at: now) }
    }

    /// Starts the thread that writes.
    /// - Throws: `SystemCallError` if no thread can be created.
    func start() throws(SystemCallError) {
        let writing = try Thread(name: "refusals") { self.writeUntilClosed() }
        thread.withLock { $0 = writing }
    }

    /// Writes the rest, then ends the thread.
    func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    private func writeUntilClosed() {
        var store = Store(conninfo: conninfo, deadline: .seconds(2))
        while true {
            let isClosed = state.wait(timeout: .seconds(1)) { $0.isClosed ? true : nil } ?? false
            let now = SystemClock.monotonicNanoseconds()
            let rows = state.withLock { $0.sample.take(at: now, all: isClosed) }
            if !rows.isEmpty { write(rows, &store) }
            if isClosed { return }
        }
    }

    private func write(_ rows: [RefusedDelivery], _ store: inout Store) {
        do {
            try store.refuse(rows)
        } catch {
            logger.error("Refusals not recorded", metadata: ["count": "\(rows.count)", "error": "\(error)"])
        }
    }
}
