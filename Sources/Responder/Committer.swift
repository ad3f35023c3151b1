import Ledger
import LogLines
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
    private let health: StoreHealth
    private let logger: Logger
    private let threads = Monitor<[Thread]>([])

    init(queue: CommitQueue, conninfo: String, answers: Answers, health: StoreHealth, logger: Logger) {
        self.queue = queue
        self.health = health
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
            answers.storeUnavailable(batch.turnedAway, .busy)
            if !batch.deliveries.isEmpty { commit(batch, writer) }
            // Where everything is busy, no commit says whether the store stores.
            if batch.deliveries.isEmpty || health.isCanaryDue { probe(writer) }
        }
    }

    private func commit(_ batch: CommitQueue.Batch, _ writer: LedgerWriter) {
        var lost: PostgresError?
        var recorded: [(pending: Pending, receipt: Receipt)] = []
        var unavailable: [Pending] = []
        var busy: [Pending] = []
        var failed: [Answers.Failed] = []
        var late = 0
        let ticket = health.begin()
        let results = writer.recordOnce(batch.deliveries.map(\.recordable), wereBusy: batch.wereBusy)
        health.end(ticket, results, writer.signs)
        let underWay = queue.endBatch()
        precondition(underWay.count == results.count, "a delivery is answered by its own receipt, so each has one")
        // Those whose deadline passed meanwhile have been answered.
        for (pending, result) in zip(underWay, results) {
            switch (result, pending) {
            case (.success(let receipt), let pending?): recorded.append((pending, receipt))
            case (.success, nil): late += 1
            case (.failure(.busy), let pending?): busy.append(pending)
            case (.failure(.refused(let error)), let pending?):
                failed.append(Answers.Failed(pending: pending, error: error, isOfValues: true))
            case (.failure(.failed(let error)), let pending?):
                failed.append(Answers.Failed(pending: pending, error: error, isOfValues: false))
            case (.failure(.unavailable(let error)), let pending):
                if let pending { unavailable.append(pending) }
                lost = error
            case (.failure, nil): break
            }
        }
        answers.recorded(recorded)
        answers.storeUnavailable(unavailable, .away)
        answers.storeUnavailable(queue.holdBack(busy), .busy)
        answers.notRecorded(failed)
        if late > 0 { logger.report(.webhookLate, ["count": "\(late)"]) }
        guard let lost else { return }
        if lost.connectionLost || lost.state?.isResource == true {
            storeIsLost(lost)
        } else {
            logger.report(.batchLate, ["error": "\(lost)", "count": "\(batch.deliveries.count)"])
        }
    }

    /// Asks for a sign of life, so that a connection that died idle is noticed, and a store that is back used again. Where
    /// no commit was tried for a while, the canary is committed; a store that was lost must take one.
    private func probe(_ writer: LedgerWriter) {
        do {
            try writer.ping()
            if health.isCanaryDue { try commitCanary(writer) }
        } catch {
            storeIsLost(error)
        }
        // Before it is needed, too: a fault of the spool is shown while Postgres still stores.
        health.trySpool(every: .seconds(queue.isStoreReachable ? 60 : 5))
    }

    private func commitCanary(_ writer: LedgerWriter) throws(PostgresError) {
        let ticket = health.begin()
        do throws(PostgresError) {
            health.end(ticket, nil, try writer.commitCanary(now: SystemClock.now))
            if queue.storeIsReachable() { logger.report(.postgresBack) }
        } catch {
            health.end(ticket, error, nil)
            // Only what another session may cure is a lost store: a lock may be free, and a right or a function there, when
            // a delivery arrives.
            if error.connectionLost || error.state?.isResource == true || error.state == .readOnlyTransaction {
                throw error
            }
            logger.report(.canaryFailed, ["error": "\(error)"])
        }
    }

    private func storeIsLost(_ error: PostgresError) {
        let (waiting, wasReachable) = queue.storeIsUnreachable()
        health.lost(error)
        if wasReachable { logger.report(.postgresAway, ["error": "\(error)"]) }
        answers.storeUnavailable(waiting, .away)
    }

    /// While a statement or a connect hangs, the committing thread cannot answer: this thread does.
    private func watchDeadlines() {
        while !queue.isClosed(within: .milliseconds(100)) {
            let oldest = SystemClock.monotonicNanoseconds() - Self.deadline.wholeNanoseconds
            let expired = queue.expired(before: oldest)
            answers.storeUnavailable(expired.slow, .away)
            answers.storeUnavailable(expired.busy, .busy)
        }
    }
}
