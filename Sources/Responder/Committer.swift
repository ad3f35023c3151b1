import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// Commits verified deliveries: each of its threads takes a batch of the queue, records it in one transaction, and has
/// it answered when the COMMIT has returned. Batches form by themselves while the ones before are being committed, and
/// wait a moment for as many as there were (``CommitQueue``).
final class Committer: Sendable {
    /// How long a delivery may wait to be recorded before its sender gets 503.
    static let deadline = Duration.seconds(2)
    /// A larger batch would not be faster, and a bad delivery in it would cost more to find.
    static let batchLimit = 256
    /// If other threads stored something within this time, a session that fails does not show that the store is lost.
    private static let storedLately: Int64 = 1_000_000_000

    private let count: Int
    private let queue: CommitQueue
    private let conninfo: String
    private let answers: Answers
    private let health: StoreHealth
    private let logger: Logger
    private let threads = Monitor<[Thread]>([])
    private let inDoubt = SessionsInDoubt()
    /// When each thread last stored something, in monotonic nanoseconds.
    private let storedAt: Monitor<[Int64]>

    /// - Parameter threads: how many commit, each over its own session.
    init(
        threads: Int, queue: CommitQueue, conninfo: String, answers: Answers, health: StoreHealth, logger: Logger
    ) {
        count = threads
        storedAt = Monitor(Array(repeating: -Self.storedLately, count: threads))
        self.queue = queue
        self.health = health
        self.conninfo = conninfo
        self.answers = answers
        self.logger = logger
    }

    /// Starts the committing threads and the one that watches the deadlines.
    /// - Throws: `SystemCallError` if no thread can be created.
    func start() throws(SystemCallError) {
        for number in 0..<count {
            let name = number == 0 ? "commit" : "commit-\(number + 1)"
            let committing = try Thread(name: name) { self.commitUntilClosed(number) }
            threads.withLock { $0.append(committing) }
        }
        let watching = try Thread(name: "deadlines") { self.watchDeadlines() }
        threads.withLock { $0.append(watching) }
    }

    /// Commits the queued deliveries, then ends all threads.
    func finish() {
        queue.close()
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func commitUntilClosed(_ number: Int) {
        let writer = LedgerWriter(conninfo: conninfo, deadline: Self.deadline, inDoubt: inDoubt)
        probe(writer, number)
        while let batch = queue.nextBatch(
            limit: Self.batchLimit, timeout: .milliseconds(queue.isStoreReachable ? 1000 : 150))
        {
            answers.storeUnavailable(batch.turnedAway, .busy)
            if !batch.deliveries.isEmpty { commit(batch, writer, number) }
            // Where everything is busy, no commit says whether the store stores.
            if batch.deliveries.isEmpty || health.isCanaryDue { probe(writer, number) }
        }
    }

    private func commit(_ batch: CommitQueue.Batch, _ writer: LedgerWriter, _ number: Int) {
        var lost: PostgresError?
        var recorded: [(pending: Pending, receipt: Receipt)] = []
        var unavailable: [Pending] = []
        var failed: [Answers.Failed] = []
        var late = 0
        let ticket = health.begin()
        if Mutation.isOn("answer-before-commit") {
            answers.recorded(
                batch.deliveries.map { ($0, Receipt(eventID: 1, orderRow: nil, isDuplicate: false)) })
        }
        let results = writer.recordOnce(batch.deliveries.map(\.recordable), wereBusy: batch.wereBusy)
        health.end(ticket, results, writer.signs)
        let busy = results.indices.filter { if case .failure(.busy) = results[$0] { true } else { false } }
        let (underWay, turnedAway) = queue.end(batch, busy: busy)
        precondition(underWay.count == results.count, "a delivery is answered by its own receipt, so each has one")
        // Those whose deadline passed meanwhile have been answered.
        for (pending, result) in zip(underWay, results) {
            switch (result, pending) {
            case (.success(let receipt), let pending?): recorded.append((pending, receipt))
            case (.success, nil): late += 1
            case (.failure(.refused(let error)), let pending?):
                failed.append(Answers.Failed(pending: pending, error: error, isOfValues: true))
            case (.failure(.failed(let error)), let pending?):
                failed.append(Answers.Failed(pending: pending, error: error, isOfValues: false))
            case (.failure(.unavailable(let error)), let pending):
                if let pending { unavailable.append(pending) }
                lost = error
            case (.failure, _): break
            }
        }
        if recorded.count + late > 0 { stores(number) }
        answers.recorded(recorded)
        if Mutation.isOn("doubtful-commit-is-2xx") {
            answers.recorded(unavailable.map { ($0, Receipt(eventID: 1, orderRow: nil, isDuplicate: false)) })
        }
        answers.storeUnavailable(unavailable, .away)
        answers.storeUnavailable(turnedAway, .busy)
        answers.notRecorded(failed)
        if late > 0 { logger.report(.webhookLate, ["count": "\(late)"]) }
        guard let lost else { return }
        if lost.connectionLost || lost.state?.isResource == true {
            sessionIsLost(lost, writer, number)
        } else {
            logger.report(.batchLate, ["error": "\(lost)", "count": "\(batch.deliveries.count)"])
        }
    }

    /// Asks for a sign of life, so that a connection that died idle is noticed, and a store that is back used again. Where
    /// no commit was tried for a while, the canary is committed; a store that was lost must take one.
    private func probe(_ writer: LedgerWriter, _ number: Int) {
        do {
            try writer.ping()
            health.reached(writer.server)
            if let ticket = health.beginCanary() { try commitCanary(ticket, writer, number) }
        } catch {
            sessionIsLost(error, writer, number)
        }
        // Before it is needed, too: a fault of the spool is shown while Postgres still stores.
        health.trySpool(every: .seconds(queue.isStoreReachable ? 60 : 5))
    }

    private func commitCanary(_ ticket: Int, _ writer: LedgerWriter, _ number: Int) throws(PostgresError) {
        do throws(PostgresError) {
            health.end(ticket, nil, try writer.commitCanary(now: SystemClock.now))
            stores(number)
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

    private func stores(_ number: Int) {
        let now = SystemClock.monotonicNanoseconds()
        storedAt.withLock { $0[number] = now }
    }

    private func othersStore(than number: Int) -> Bool {
        let since = SystemClock.monotonicNanoseconds() - Self.storedLately
        return storedAt.withLock { $0.enumerated().contains { $0.offset != number && $0.element > since } }
    }

    /// If other threads store, only this one's session is lost: it takes no batch until it has another. Otherwise the
    /// store is lost.
    private func sessionIsLost(_ error: PostgresError, _ writer: LedgerWriter, _ number: Int) {
        var error = error
        while othersStore(than: number) {
            do throws(PostgresError) {
                return try writer.ping()
            } catch let failure {
                error = failure
            }
            if queue.isClosed(within: .milliseconds(150)) { return }
        }
        storeIsLost(error)
    }

    private func storeIsLost(_ error: PostgresError) {
        let (waiting, wasReachable) = queue.storeIsUnreachable()
        health.lost(error)
        if wasReachable { logger.report(.postgresAway, ["error": "\(error)"]) }
        answers.storeUnavailable(waiting, .away)
    }

    /// While a statement or a connect hangs, its committing thread cannot answer: this thread does.
    private func watchDeadlines() {
        while !queue.isClosed(within: .milliseconds(100)) {
            if Mutation.isOn("deadline-ignored") { continue }
            let oldest = SystemClock.monotonicNanoseconds() - Self.deadline.wholeNanoseconds
            let expired = queue.expired(before: oldest)
            answers.storeUnavailable(expired.slow, .away)
            answers.storeUnavailable(expired.busy, .busy)
        }
    }
}
