import Platform
package import Postgres
import Settings
package import Webhooks

/// How a batch is recorded, as a value: which deliveries are sent in which transaction, and what follows from an error. It
/// hears how each transaction ended; the connection is the caller's, and the time a parameter, in nanoseconds of the
/// monotonic clock. ``LedgerWriter/recordOnce(_:wereBusy:)`` says what it comes to.
package struct RecordPlan: Sendable {
    /// What is done next.
    package enum Step: Sendable {
        /// Record the deliveries at these places in one transaction that waits that long for a lock, and whose statement
        /// ends after that time.
        case send([Int], patience: Duration, time: Duration)
        /// Close the session; the next transaction is over another one.
        case closeSession
        /// One result per delivery, in order.
        case finished([Result<Receipt, RecordFailure>])
    }

    /// The session of the last transaction.
    package struct Session: Sendable {
        /// Whether it lives.
        package var isUsable: Bool
        /// Whether it has recorded something.
        package var hasRecorded: Bool

        /// Such a session.
        package init(isUsable: Bool, hasRecorded: Bool) {
            self.isUsable = isUsable
            self.hasRecorded = hasRecorded
        }
    }

    /// Deliveries of one transaction.
    private struct Part: Sendable {
        let places: [Int]
        /// Whether it is one of many that are tried alone because of a lock.
        var isAlone = false
        var attempt = 1
        /// When it was first sent.
        var sentAt: Int64?
    }

    /// The usual `lock_timeout`. It is the net below `record_2()`, which waits for no row.
    package static let patience = Duration.milliseconds(200)
    /// The `lock_timeout` for a delivery that is likely to wait, and the time that all of a batch may wait.
    package static let shortPatience = Duration.milliseconds(20)
    private static let patienceForAll = Duration.milliseconds(200)
    /// How often a transaction that conflicts with another one is retried.
    private static let attemptsAfterConflict = 5

    private let begin: Int64
    private let end: Int64
    private var patience: Duration
    /// The next one is the last element.
    private var parts: [Part]
    private var results: [Result<Receipt, RecordFailure>?]
    /// How long those that are tried alone have waited.
    private var waited: Int64 = 0
    private var isSecond = false
    /// The error of a statement that took too long, and how long each has after it.
    private var late: (error: PostgresError, time: Duration)?
    /// What is recorded again after the session was closed.
    private var afterClosing: [Int]?

    /// - Parameters:
    ///   - count: the number of deliveries.
    ///   - wereBusy: whether they were busy a moment ago.
    ///   - begin: the time now.
    ///   - end: when their time is over.
    package init(count: Int, wereBusy: Bool, from begin: Int64, until end: Int64) {
        self.begin = begin
        self.end = end
        patience = wereBusy ? Self.shortPatience : Self.patience
        results = Array(repeating: nil, count: count)
        parts = count == 0 ? [] : [Part(places: Array(0..<count))]
    }

    /// The next step. After ``Step/send(_:patience:time:)`` the caller tells ``heard(_:at:)`` before it asks again.
    package mutating func next(_ session: Session, at now: Int64) -> Step {
        if let again = afterClosing {
            afterClosing = nil
            parts = again.isEmpty ? [] : [Part(places: again)]
        }
        while var part = parts.popLast() {
            if part.isAlone, part.sentAt == nil, waited >= Self.patienceForAll.wholeNanoseconds || now >= end {
                results[part.places[0]] = .failure(.busy)
                continue
            }
            if let late, now >= end {
                for place in part.places { results[place] = .failure(.unavailable(late.error)) }
                continue
            }
            part.sentAt = part.sentAt ?? now
            parts.append(part)
            return .send(part.places, patience: patience, time: time)
        }
        let complete = results.compactMap(\.self)
        precondition(complete.count == results.count, "each delivery of a batch has one result, in its order")
        let again = isSecond ? [] : complete.indices.filter { complete[$0].mayBeTheSessions }
        isSecond = true
        if again.isEmpty { return .finished(complete) }
        let failedAtAll = again.count == complete.count
        let isRepeated =
            !Mutation.isOn("lost-session-is-not-retried") && now < end
            && (!session.isUsable || failedAtAll && session.hasRecorded)
        guard failedAtAll else {
            if !isRepeated { return .finished(complete) }
            afterClosing = again
            return next(session, at: now)
        }
        afterClosing = isRepeated ? again : []
        return .closeSession
    }

    /// The time of a statement. The first leaves half of it: if one delivery takes too long, the others are recorded without it.
    private var time: Duration { max(late?.time ?? .nanoseconds((end - begin) / 2), .milliseconds(1)) }

    /// How the transaction of the last step ended: one result per delivery (stored, busy or away), or the error of all.
    package mutating func heard(
        _ answer: Result<[Result<Receipt, RecordFailure>], PostgresError>, at now: Int64
    ) {
        guard var part = parts.popLast() else { return }
        switch answer {
        case .success(let ended):
            for (place, result) in zip(part.places, ended) { results[place] = result }
        case .failure(let error):
            // A unique key that is taken now: another transaction created the row at this moment.
            let isConflict = error.state?.isTransient == true || error.state == .uniqueViolation
            if isConflict, !Mutation.isOn("conflict-is-not-retried"), part.attempt <= Self.attemptsAfterConflict {
                part.attempt += 1
                parts.append(part)
            } else if part.places.count == 1 || Mutation.isOn("batch-is-not-halved") || error.isFromUnreachableStore
                || now >= end
            {
                let isFound = part.places.count == 1
                for place in part.places {
                    results[place] = .failure(isFound ? RecordFailure(error) : .unavailable(error))
                }
                if part.isAlone { waited += now - (part.sentAt ?? now) }
            } else if error.state == .lockNotAvailable, Mutation.isOn("one-lock-makes-all-busy") {
                for place in part.places { results[place] = .failure(.busy) }
            } else if error.state == .lockNotAvailable {
                // Something had to be waited for: each is tried with little patience, as long as the time for all lasts.
                patience = Self.shortPatience
                waited = 0
                parts += part.places.reversed().map { Part(places: [$0], isAlone: true) }
            } else {
                if error.state == .queryCanceled, late == nil {
                    // The one that takes too long may be in a part of each size. What waits in the line needs a fifth.
                    let steps = Int64(Int.bitWidth - part.places.count.leadingZeroBitCount) + 1
                    late = (error, .nanoseconds((end - (end - begin) / 5 - now) / steps))
                }
                let half = part.places.count / 2
                let halves = [Part(places: Array(part.places[half...])), Part(places: Array(part.places[..<half]))]
                // After the others, which may not have that delivery.
                parts.insert(contentsOf: halves, at: 0)
            }
        }
    }
}

extension Result<Receipt, RecordFailure> {
    /// Whether another session may succeed.
    fileprivate var mayBeTheSessions: Bool {
        switch self {
        case .failure(.unavailable(let error)): error.connectionLost
        case .failure(.failed(let error)): error.state != .queryCanceled
        default: false
        }
    }
}
