import Ledger
import Logging
import Platform
import Postgres
import Verification
import Webhooks

/// Keeps handshakes in memory and writes them once a second, off the path of the webhooks. If Postgres is away they are
/// lost: nothing depends on them.
final class HandshakeRecorder: Sendable {
    /// The rows to write.
    private struct State {
        var sample = HandshakeSample()
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

    /// Adds a handshake and logs it, unless there are too many; never blocks.
    /// - Parameter verdict: the proof; nil for one that is answered before verification.
    func record(_ delivery: Delivery, source: String, provider: String, verdict: Verdict?, status: Int) {
        let now = SystemClock.monotonicNanoseconds()
        let handshake = Handshake(delivery, source: source, provider: provider, verdict: verdict, status: status)
        guard state.withLock({ $0.sample.add(handshake, at: now) }) else { return }
        logger.info(
            "Handshake answered",
            metadata: [
                "request_id": "\(delivery.requestID)", "source": "\(source)", "provider": "\(provider)",
                "verdict": "\(verdict?.strength.rawValue ?? Verdict.Strength.unverified.rawValue)",
                "status": "\(status)", "remote_addr": "\(delivery.remoteAddress)",
            ])
    }

    /// Starts the thread that writes.
    /// - Throws: `SystemCallError` if no thread can be created.
    func start() throws(SystemCallError) {
        let writing = try Thread(name: "handshakes") { self.writeUntilClosed() }
        thread.withLock { $0 = writing }
    }

    /// Writes the rest, then ends the thread.
    func finish() {
        state.change { $0.isClosed = true }
        thread.withLock { $0 }?.join()
    }

    private func writeUntilClosed() {
        var connection: Connection?
        while true {
            let isClosed = state.wait(timeout: .seconds(1)) { $0.isClosed ? true : nil } ?? false
            let now = SystemClock.monotonicNanoseconds()
            let rows = state.withLock { $0.sample.take(at: now, all: isClosed) }
            if !rows.isEmpty { write(rows, &connection) }
            if isClosed { return }
        }
    }

    private func write(_ rows: [Handshake], _ connection: inout Connection?) {
        do throws(PostgresError) {
            try Handshake.write(rows, over: open(&connection))
        } catch {
            logger.error("Handshakes not recorded", metadata: ["count": "\(rows.count)", "error": "\(error)"])
        }
    }

    /// Opened at the first handshake: most hosts see one a month.
    private func open(_ connection: inout Connection?) throws(PostgresError) -> Connection {
        if let connection {
            if !connection.isUsable { try connection.reset() }
            return connection
        }
        let made = try Connection(
            conninfo: conninfo, applicationName: "hookledger-handshakes",
            settings: [("statement_timeout", "2000ms"), ("search_path", "hookledger")], connectTimeout: .seconds(2),
            queryDeadline: .seconds(3))
        connection = made
        return made
    }
}
