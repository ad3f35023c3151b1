/// What a trace tells of.
enum Mark: UInt64 {
    case sent, answered, submitted, turnedAway, recordSent, recordApplied, recordHeard, expired, spooled, spoolFull
    case storeLost, storeBack, responderStarted, responderKilled, responderClosed, frozen
    case runStarted, runEnded, runKilled, command, commandFailed, called, arrived, landed
    case databaseDown, databaseUp, diskFull, locked, clockStepped, healed
    case imported, setAside, retained, drained
}

/// What must never happen.
struct Violation: Error, Hashable {
    let rule: String
    let detail: String
}

/// A fault of the product, planted into the simulated world, so that one sees that the simulation finds its kind.
enum Plant: String, CaseIterable {
    /// A committer answers when the batch has been sent, and not when its COMMIT has returned.
    case answerBeforeCommit = "answer-before-commit"
    /// finish_jobs() asks for no token.
    case finishWithoutFence = "finish-without-fence"
    /// The row of an effect is not written before the call.
    case effectWithoutRow = "effect-without-row"
    /// The claim does not keep the jobs of one order apart.
    case ordersJobsRunTogether = "orders-jobs-run-together"
    /// record_2() forgets its receipts.
    case receiptsForgotten = "receipts-forgotten"
    /// A spool that is full answers like one that has kept the delivery.
    case fullSpoolIsKept = "full-spool-is-kept"
    /// A file of the spool is removed before its deliveries are recorded.
    case spoolRemovedFirst = "spool-removed-first"
    /// Retention goes by the batch processor's own clock.
    case retentionByOwnClock = "retention-by-own-clock"
    /// What the deadline has answered is answered again when its commit ends.
    case answeredTwice = "answered-twice"
}
