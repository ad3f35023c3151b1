import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// The condition of the store for the threads of the responder: the committer reports, the health pages and the door ask.
final class StoreHealth: Sendable {
    private let state = Monitor(StoreCondition())
    private let logger: Logger
    private let spool: Spool?
    private let lastSpoolTry = Monitor<Int64?>(nil)
    private let isBatchSilent = Monitor(false)
    private let isSpoolUsed = Monitor(false)

    /// - Parameter spool: nil if nothing can be spooled.
    init(logger: Logger, spool: Spool? = nil) {
        self.logger = logger
        self.spool = spool
    }

    /// The condition now.
    var condition: StoreCondition { state.withLock { $0 } }

    /// Reports a commit that begins.
    func begin() -> Int {
        let now = SystemClock.monotonicNanoseconds()
        return state.withLock { $0.begin(at: now) }
    }

    /// Reports how a batch ended: stored if one of its deliveries was, or if only their own values were refused. If all of
    /// them wait for rows that are locked, or for a cell that is away, nothing is known.
    func end(_ ticket: Int, _ results: [Result<Receipt, RecordFailure>], _ signs: StoreSigns?) {
        var fault: PostgresError?
        for case .failure(let failure) in results { fault = fault ?? failure.storeFault }
        let isStored = results.contains { if case .success = $0 { true } else { false } }
        let areAllWaiting = results.allSatisfy { result in
            switch result {
            case .failure(.busy), .failure(.away): true
            default: false
            }
        }
        if areAllWaiting {
            let now = SystemClock.monotonicNanoseconds()
            state.withLock { $0.end(ticket, nil, at: now) }
        } else {
            end(ticket, isStored ? nil : fault, isStored ? signs : nil)
        }
    }

    /// Reports how a commit ended.
    func end(_ ticket: Int, _ error: PostgresError?, _ signs: StoreSigns?) {
        let (now, wall) = (SystemClock.monotonicNanoseconds(), SystemClock.now)
        let end: StoreCondition.End = error.map { .failed(StoreCondition.Fault($0)) } ?? .stored
        let condition = state.withLock { state in
            state.end(ticket, end, at: now)
            if let signs { state.hear(signs, own: wall, at: now) }
            return state
        }
        if signs != nil { watchBatch(condition, wall) }
    }

    /// Reports that a connection failed, or that none can be opened.
    func lost(_ error: PostgresError) { end(begin(), error, nil) }

    /// Reports the server of a session.
    func reached(_ server: ConnectedServer?) {
        guard let server else { return }
        state.withLock { $0.server = server }
    }

    /// Whether the responder's own commit is due.
    var isCanaryDue: Bool { condition.isCanaryDue(at: SystemClock.monotonicNanoseconds()) }

    /// Reports that the responder's own commit begins.
    /// - Returns: nil if none is due; another committer may have begun it.
    func beginCanary() -> Int? {
        let now = SystemClock.monotonicNanoseconds()
        return state.withLock { $0.isCanaryDue(at: now) ? $0.begin(at: now, isCanary: true) : nil }
    }

    /// Whether Postgres' clock agrees with this machine's; otherwise refusals for the time mean nothing.
    var isClockConfirmed: Bool {
        let (now, wall) = (SystemClock.monotonicNanoseconds(), SystemClock.now)
        return state.withLock { $0.isClockConfirmed(own: wall, at: now) }
    }

    /// The time at which a delivery is received: ``StoreCondition/receiptTime(own:at:)``.
    /// - Parameter now: the monotonic clock, in nanoseconds.
    func receiptTime(at now: Int64) -> Timestamp {
        let wall = SystemClock.now
        return state.withLock { $0.receiptTime(own: wall, at: now) }
    }

    /// Whether a source spools; otherwise the spool is not tried.
    func useSpool(_ isUsed: Bool) {
        isSpoolUsed.withLock { $0 = isUsed }
        if !isUsed { state.withLock { $0.spoolWorks = nil } }
    }

    /// The spool kept deliveries, or did not.
    func spooled(_ works: Bool) {
        guard spool != nil, isSpoolUsed.withLock({ $0 }) else { return }
        let now = SystemClock.monotonicNanoseconds()
        lastSpoolTry.withLock { $0 = now }
        state.withLock { $0.spoolWorks = works }
    }

    /// Tries the spool, if that was not done within this time.
    func trySpool(every pause: Duration) {
        guard let spool, isSpoolUsed.withLock({ $0 }) else { return }
        let now = SystemClock.monotonicNanoseconds()
        let isDue = lastSpoolTry.withLock { $0.map { now - $0 >= pause.wholeNanoseconds } ?? true }
        if isDue { spooled((try? spool.prepare()) != nil) }
    }

    private func watchBatch(_ condition: StoreCondition, _ now: Timestamp) {
        guard let silence = condition.batchSilence(own: now, at: SystemClock.monotonicNanoseconds()) else { return }
        let isSilent = silence > StoreCondition.batchSilence
        let isNews = isBatchSilent.withLock { known in
            defer { known = isSilent }
            return known != isSilent
        }
        guard isNews else { return }
        if isSilent {
            logger.report(.batchSilent, ["seconds": "\(silence / 1_000_000)"])
        } else {
            logger.report(.batchReports)
        }
    }
}
