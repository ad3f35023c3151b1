import Ledger
import Logging
import Platform
import Postgres
import Webhooks

/// Keeps refusals in memory and writes them once a second, at most 60 rows per source and minute: a forger can make us
/// verify, but not write.
final class RefusalRecorder: Sendable {
    /// Rows per source and minute; what comes beyond is only counted.
    static let rowsPerMinute = 60

    private struct State {
        var waiting: [RefusedDelivery] = []
        var rows: [String: Int] = [:]
        var unrecorded: [String: Int] = [:]
        var minute: Int64 = 0
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

    /// Takes a refusal in; never blocks.
    func record(_ refused: RefusedDelivery) {
        let minute = refused.refusedAt.seconds / 60
        let key = refused.source ?? ""
        state.withLock { state in
            if minute != state.minute {
                state.minute = minute
                state.rows = [:]
            }
            guard state.rows[key, default: 0] < Self.rowsPerMinute else {
                state.unrecorded[key, default: 0] += 1
                return
            }
            state.rows[key, default: 0] += 1
            var row = refused
            row.unrecorded = state.unrecorded.removeValue(forKey: key) ?? 0
            state.waiting.append(row)
        }
    }

    /// Starts the thread that writes.
    /// - Throws: `SystemCallError` when no thread can be had.
    func start() throws(SystemCallError) {
        let writing = try Thread(name: "refusals") { self.writeUntilClosed() }
        thread.withLock { $0 = writing }
    }

    /// Writes what is left, then ends the thread.
    func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    private func writeUntilClosed() {
        var store = Store(conninfo: conninfo, deadline: .seconds(2))
        while true {
            let isClosed = state.wait(timeout: .seconds(1)) { $0.isClosed ? true : nil } ?? false
            let rows = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
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
