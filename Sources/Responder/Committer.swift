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

    private let count: Int
    private let batchLimit: Int
    private let queue: CommitQueue
    private let conninfo: String
    private let answers: Answers
    private let health: StoreHealth
    private let logger: Logger
    private let threads = Monitor<[Thread]>([])
    private let inDoubt = SessionsInDoubt()
    private let cells: CellWatch

    /// - Parameters:
    ///   - threads: how many commit, each over its own session.
    ///   - batchLimit: the most deliveries of a batch.
    ///   - cells: what has the cells of a router asked while a batch waits.
    init(
        threads: Int, batchLimit: Int, queue: CommitQueue, conninfo: String, cells: CellWatch, answers: Answers,
        health: StoreHealth, logger: Logger
    ) {
        count = threads
        self.batchLimit = batchLimit
        self.queue = queue
        self.health = health
        self.conninfo = conninfo
        self.cells = cells
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

    /// ``CommitterState`` decides; this does what it says.
    private func commitUntilClosed(_ number: Int) {
        let writer = LedgerWriter(conninfo: conninfo, deadline: Self.deadline, inDoubt: inDoubt, cells: cells)
        var state = CommitterState<Pending>()
        var event = CommitterState<Pending>.Event.began
        while let next = perform(state.next(after: event, facts(number)), writer, number) { event = next }
    }

    private func facts(_ number: Int) -> CommitterState<Pending>.Facts {
        CommitterState.Facts(
            isStoreReachable: queue.isStoreReachable, isCanaryDue: health.isCanaryDue,
            othersStore: queue.othersStore(than: number), isClosed: queue.isClosed(within: .zero))
    }

    /// - Returns: the outcome; nil at the end.
    private func perform(
        _ command: CommitterState<Pending>.Command, _ writer: LedgerWriter, _ number: Int
    ) -> CommitterState<Pending>.Event? {
        switch command {
        case .take(let milliseconds):
            let batch = queue.nextBatch(limit: batchLimit, timeout: .milliseconds(milliseconds))
            if let batch { answers.storeUnavailable(batch.turnedAway, .busy, .waited) }
            return .took(batch)
        case .record(let batch):
            let lost = commit(batch, writer, number)
            return .recorded(lost: lost, mayBeAlone: batch.isSuspect || writer.waitsForCells)
        case .ping: return .pinged(ping(writer))
        case .commitCanary: return .canaryEnded(commitCanary(writer, number))
        case .pause:
            _ = queue.isClosed(within: .milliseconds(CommitterState<Pending>.pause))
            return .paused
        case .loseStore(let error):
            storeIsLost(error)
            return .storeLost
        case .trySpool:
            // Before it is needed, too: a fault of the spool is shown while Postgres still stores.
            health.trySpool(every: .seconds(queue.isStoreReachable ? 60 : 5))
            return .spoolTried
        case .end: return nil
        }
    }

    /// - Returns: the error of a store that did not answer in time.
    private func commit(_ batch: CommitQueue.Batch, _ writer: LedgerWriter, _ number: Int) -> PostgresError? {
        let ticket = health.begin()
        if Mutation.isOn("answer-before-commit") {
            answers.recorded(
                batch.deliveries.map { ($0, Receipt(eventID: 1, orderRow: nil, isDuplicate: false)) })
        }
        let results = writer.recordOnce(batch.deliveries.map(\.recordable), wereBusy: batch.wereBusy)
        health.end(ticket, results, writer.signs)
        let (underWay, turnedAway) = queue.end(batch, busy: CommitOutcome<Pending>.busy(results))
        // Those whose deadline passed meanwhile have been answered.
        let outcome = CommitOutcome(underWay, results)
        if outcome.isStored { queue.stored(number) }
        answers.recorded(outcome.recorded.map { (pending: $0.delivery, receipt: $0.receipt) })
        if Mutation.isOn("doubtful-commit-is-2xx") {
            answers.recorded(outcome.unavailable.map { ($0, Receipt(eventID: 1, orderRow: nil, isDuplicate: false)) })
        }
        answers.storeUnavailable(outcome.unavailable, .away, .tried)
        answers.storeUnavailable(outcome.away, .away, .waited)
        answers.storeUnavailable(turnedAway, .busy, .waited)
        answers.notRecorded(outcome.failed)
        if outcome.late > 0 { logger.report(.webhookLate, ["count": "\(outcome.late)"]) }
        if let lost = outcome.lost, !CommitterState<Pending>.isOfSession(lost) {
            logger.report(.batchLate, ["error": "\(lost)", "count": "\(batch.deliveries.count)"])
        }
        return outcome.lost
    }

    private func ping(_ writer: LedgerWriter) -> PostgresError? {
        do throws(PostgresError) {
            try writer.ping()
            health.reached(writer.server)
            return nil
        } catch {
            return error
        }
    }

    /// Where no commit was tried for a while, the canary is committed; a store that was lost must take one.
    /// - Returns: the error that shows that the session, or the store, is lost.
    private func commitCanary(_ writer: LedgerWriter, _ number: Int) -> PostgresError? {
        guard let ticket = health.beginCanary() else { return nil }
        do throws(PostgresError) {
            health.end(ticket, nil, try writer.commitCanary(now: SystemClock.now))
            queue.stored(number)
            if queue.storeIsReachable() { logger.report(.postgresBack) }
            return nil
        } catch {
            health.end(ticket, error, nil)
            if CommitterState<Pending>.isOfSession(error) || error.state == .readOnlyTransaction { return error }
            logger.report(.canaryFailed, ["error": "\(error)"])
            return nil
        }
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
            answers.storeUnavailable(expired.waiting, .away, .waited)
            answers.storeUnavailable(expired.slow, .away, .tried)
            answers.storeUnavailable(expired.busy, .busy, .waited)
        }
    }
}
