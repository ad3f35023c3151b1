public import Logging

/// Every event that the responder and the batch processor log, by its message. docs/log-events.md lists them.
///
/// Two lines of the responder have a text of their own instead: a mistake in the configuration, and a notice of the
/// FastCGI server.
public enum LoggedEvent: String, CaseIterable, Sendable {
    // The responder
    case responderStarted = "Responder started"
    case responderEnded = "Responder ended"
    case unsignedAccepted = "Sources accept unsigned deliveries"
    case spoolOff = "Spool is off: its key is missing"
    case spoolNotWritable = "Spool cannot be written"
    case handshakeAnswered = "Handshake answered"
    case webhookReceived = "Webhook received and verified"
    case webhookRefused = "Webhook refused"
    case webhookSpooled = "Webhook spooled"
    case webhookNotStored = "Webhook not stored, the sender is to retry"
    case webhookNotRecordable = "Webhook not stored: Postgres refused its values"
    case webhooksLost = "Webhooks neither stored nor spooled"
    case webhookLate = "Webhook stored after its answer"
    case batchLate = "Batch not recorded in time"
    case postgresAway = "Postgres is away"
    case canaryFailed = "Deliveries cannot be stored"
    case batchSilent = "Batch processor does not report"
    case batchReports = "Batch processor reports"
    case postgresBack = "Postgres answers"
    case refusalsNotRecorded = "Refusals not recorded"
    case handshakesNotRecorded = "Handshakes not recorded"
    case quarantineNotRecorded = "Refused deliveries not kept"
    case databaseEncoding = "The database's encoding cannot hold every character"
    case requestFailed = "API request failed"

    // Both programs
    case countersNotWritten = "Counters not written, retrying later"
    case configurationReloaded = "Configuration reloaded"
    case configurationRefused = "New configuration refused: the old one stays in use"

    // The batch processor: jobs
    case jobDone = "Webhook processed successfully"
    case jobSkipped = "Webhook processing skipped"
    case jobFailed = "Webhook processing failed"
    case jobHeld = "Job held"
    case leaseLost = "Lease lost: another worker has the job; this result is dropped"
    case jobsRecovered = "Jobs of a lost worker recovered"
    case jobsGivenUp = "Jobs given up: their destination has not answered for longer than give_up"
    case destinationAway = "Destination does not answer: its jobs wait, and no attempt is counted"
    case destinationBusy = "Destination asks to wait: the jobs of the account wait, and no attempt is counted"
    case destinationBack = "Destination answers again"
    case deadLettersAlerted = "Alert sent: dead letters"
    case deadLettersUnalerted = "Dead letters without an alert: no channel works that is not one of them"
    case alertSent = "Alert sent"
    case runWaits = "Postgres does not answer: work resumes when it is back"
    case slotLost = "Slot lost to another run: this run claims no more jobs and ends"
    case runFinished = "Batch run finished"
    case runSkipped = "Batch run skipped: all slots are taken"
    case runHeld = "Batch run ended: jobs are held"
    case runAborted = "Batch run ended: Postgres is away"
    case runMisconfigured = "Batch run ended: the schema or a right is missing"

    // The batch processor: upkeep
    case spoolImported = "Spool imported"
    case spoolNotImported = "Spool not imported: its key is missing"
    case spoolRedated = "Spooled delivery recorded with the time of its import: its time of receipt was wrong"
    case spoolPostponed = "Spooled delivery failed, retrying later"
    case movedAside = "Spooled delivery moved to aside/"
    case asideAnswered = "Deliveries of a person in aside/"
    case asideNotSearched = "aside/ of the spool not searched"
    case generationNotWritten = "Generation file not written"
    case heartbeatNotWritten = "Heartbeat not written"
    case retentionApplied = "Retention applied"
    case retentionWaits = "Retention waits for a person: hookledger retention --run"
    case retentionNotApplied = "Retention not applied"
    case anonymized = "Orders and customers anonymized"
    case reconciled = "Orders compared with the provider"
    case reconcileContinues = "Comparison with the provider continues"
    case reconcileStopped = "Comparison interrupted: the next run continues it"
    case reconcileEndedEarly = "Comparison ended early: its page is kept"
    case reconcileFailed = "Comparison stopped: Postgres or the HTTP client failed"
    case webhookOff = "Expected webhook is off"
    case webhookRepaired = "Webhook registered or enabled again"
    case webhooksNotListed = "Registered webhooks not listed: the provider did not answer or refused"
    case schemaChanged = "Schema changed"
    case shapesNotLearned = "Shapes of bodies not learned"
    case tokenRefreshed = "Token refreshed"
    case tokenNotRefreshed = "Token not refreshed"
    case tokenRevoked = "Permission revoked"
    case tokensNotKept = "Tokens not refreshed: Postgres or the HTTP client failed"
    case collectorAway = "Collector takes no spans: they wait"
    case collectorBack = "Collector takes spans again"
    case spansRefused = "Collector refused spans: they are skipped"
    case spansDropped = "Spans dropped: the collector has not taken them in time"
    case telemetryFailed = "Spans not sent: Postgres failed"
    case statisticsNotKept = "Statistics not kept"
    case personKeyNotRead = "Key of the person index not read"
    case personIndexNotFilled = "Person index not filled"
    case refusalTried = "Refused delivery verified again"
    case refusalNotTried = "Refused delivery not verified again"
    case chainSealed = "Operator log sealed"
    case chainChanged = "Operator log was changed: hookledger audit verify"
    case chainNotSealed = "Operator log not sealed"
}

extension Logger {
    /// Logs an event of the list.
    /// - Parameters:
    ///   - level: one of its levels; nil for the first.
    ///   - metadata: some of its fields.
    public func report(
        _ event: LoggedEvent, level: Logger.Level? = nil, _ metadata: @autoclosure () -> Logger.Metadata = [:]
    ) {
        let facts = event.facts
        assert(facts.levels.contains(level ?? facts.level), "\(event) has another level: add it to its facts")
        assert(Set(metadata().keys).isSubset(of: facts.fields), "\(event) has another field: add it to its facts")
        log(level: level ?? facts.level, "\(event.rawValue)", metadata: metadata())
    }
}
