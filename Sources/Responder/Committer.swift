import Ledger
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// Commits verified deliveries: takes the queue as one batch, records it in one transaction, and has
/// it answered when the COMMIT has returned. Batches form by themselves while the one before is being committed, and
/// wait a moment for as many as that one had (``CommitQueue``).
final class Committer: Sendable {
    /// How long a delivery may wait to be recorded before its sender gets 503.
    static let deadline = Duration.seconds(2)
    /// A larger batch would not be faster, and a bad delivery in it would cost more to find.
    static let batchLimit = 256

    private let queue: CommitQueue
    private let conninfo: String
    private let answers: Answers
    private let logger: Logger
    private let threads = Monitor<[Thread]>([])

    init(queue: CommitQueue, conninfo: String, answers: Answers, logger: Logger) {
        self.queue = queue
        self.conninfo = conninfo
        self.answers = answers
        self.logger = logger
    }

    /// Starts the committing thread and the one that watches the deadlines.
    /// - Throws: `SystemCallError` if no thread can be created.
    func start() throws(SystemCallError) {
        let committing = try Thread(name: "commit") { self.commitUntilClosed() }
        threads.withLock { $0.append(committing) }
        let watching = try Thread(name: "deadlines") { self.watchDeadlines() }
        threads.withLock { $0.append(watching) }
    }

    /// Commits the queued deliveries, then ends both threads.
    func finish() {
        queue.close()
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func commitUntilClosed() {
        let writer = LedgerWriter(conninfo: conninfo, deadline: Self.deadline)
        probe(writer)
        while let batch = queue.nextBatch(
            limit: Self.batchLimit, timeout: .milliseconds(queue.isStoreReachable ? 1000 : 150))
        {
            if batch.isEmpty { probe(writer) } else { commit(batch, writer) }
        }
    }

    private func commit(_ batch: [Pending], _ writer: LedgerWriter) {
        var lost: PostgresError?
        var recorded: [(pending: Pending, receipt: Receipt)] = []
        var unavailable: [Pending] = []
        var late = 0
        let results = writer.record(batch.map(\.recordable))
        let underWay = queue.endBatch()
        precondition(underWay.count == results.count, "a delivery is answered by its own receipt, so each has one")
        // Those whose deadline passed meanwhile have been answered.
        for (pending, result) in zip(underWay, results) {
            switch (result, pending) {
            case (.success(let receipt), let pending?): recorded.append((pending, receipt))
            case (.success, nil): late += 1
            case (.failure(.refused(let error)), let pending?): answers.notRecordable(pending, error)
            case (.failure(.refused), nil): break
            case (.failure(.unavailable(let error)), let pending):
                if let pending { unavailable.append(pending) }
                lost = error
            }
        }
        answers.recorded(recorded)
        answers.storeUnavailable(unavailable)
        if late > 0 { logger.notice("Webhook stored after its answer", metadata: ["count": "\(late)"]) }
        guard let lost else { return }
        if lost.connectionLost || lost.state?.isResource == true {
            storeIsLost(lost)
        } else {
            logger.error("Batch not recorded in time", metadata: ["error": "\(lost)", "count": "\(batch.count)"])
        }
    }

    /// Asks for a sign of life, so that a connection that died idle is noticed, and a store that is back used again.
    private func probe(_ writer: LedgerWriter) {
        do {
            try writer.ping()
            if queue.storeIsReachable() { logger.notice("Postgres answers") }
        } catch {
            storeIsLost(error)
        }
    }

    private func storeIsLost(_ error: PostgresError) {
        let (waiting, wasReachable) = queue.storeIsUnreachable()
        if wasReachable { logger.error("Postgres is away", metadata: ["error": "\(error)"]) }
        answers.storeUnavailable(waiting)
    }

    /// While a statement or a connect hangs, the committing thread cannot answer: this thread does.
    private func watchDeadlines() {
        while !queue.isClosed(within: .milliseconds(100)) {
            let oldest = SystemClock.monotonicNanoseconds() - Self.deadline.wholeNanoseconds
            answers.storeUnavailable(queue.expired(before: oldest))
        }
    }
}
