public import Logging

extension LoggedEvent {
    /// What a reader of the log needs to know.
    public struct Facts: Sendable {
        /// The usual level.
        public let level: Logger.Level
        /// Every level that it can have, the usual one first.
        public let levels: [Logger.Level]
        /// The names of its fields; some lines lack some of them.
        public let fields: [String]
        /// What happened, and what to do.
        public let meaning: String

        init(_ level: Logger.Level, or other: Logger.Level? = nil, _ fields: [String], _ meaning: String) {
            self.level = level
            levels = [level] + (other.map { [$0] } ?? [])
            self.fields = fields
            self.meaning = meaning
        }
    }

    /// The fields of a line about one webhook.
    private static let webhook = ["request_id", "source", "type", "verdict", "key_id", "duration_us"]
    private static let job = ["job_id", "action", "kind", "rule", "event_id"]
    private static let attempt =
        job + [
            "request_id", "attempt", "duration_ms", "outcome", "destination", "status", "reason",
        ]
    private static let comparison = ["source", "api", "compared", "absent", "older", "refused", "jobs"]
    private static let run = [
        "claimed", "done", "skipped", "retried", "dead", "uncertain", "released", "rescued", "leases_lost", "held",
        "duration_ms",
    ]

    /// Each made once: a line is written for every webhook.
    private static let table = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.described) })

    /// What a reader of the log needs to know.
    public var facts: Facts { Self.table[self] ?? described }

    private var described: Facts {
        switch self {
        case .responderStarted: Facts(.notice, ["pool", "workers", "sources", "revision"], "The responder serves.")
        case .responderEnded:
            Facts(.notice, or: .critical, ["pool", "error"], "The responder ended, by a signal or with an error.")
        case .unsignedAccepted:
            Facts(.warning, ["sources"], "The configuration lets these sources send without a signature.")
        case .spoolOff:
            Facts(
                .critical, ["error"],
                "Nothing is spooled: senders are answered 503 while Postgres is away. `hookledger keys create`.")
        case .spoolNotWritable: Facts(.critical, ["error"], "The folder of the spool has a fault.")
        case .handshakeAnswered:
            Facts(
                .info, ["request_id", "source", "provider", "verdict", "status", "remote_addr"],
                "A ping, a challenge or a portal's test was answered; it makes no event.")
        case .webhookReceived:
            Facts(.info, Self.webhook + ["event_id", "duplicate"], "A webhook is stored and was answered 2xx.")
        case .webhookRefused:
            Facts(
                .warning, or: .error, ["request_id", "source", "verdict", "reason", "status", "remote_addr"],
                "A webhook failed verification; an error if the source has no usable secret.")
        case .webhookSpooled:
            Facts(.warning, Self.webhook + ["cause", "error"], "A webhook is on disk and was answered 2xx.")
        case .webhookNotStored:
            Facts(.error, Self.webhook + ["cause", "error"], "A webhook was answered 503; its sender retries.")
        case .webhookNotRecordable:
            Facts(.error, Self.webhook + ["error"], "A webhook was answered 500; its sender retries.")
        case .webhooksLost:
            Facts(.critical, ["error", "count"], "The spool failed too; webhooks were answered 503.")
        case .webhookLate:
            Facts(.notice, ["count"], "A commit ended after the 503; the retry of the sender is a duplicate.")
        case .batchLate:
            Facts(
                .error, ["error", "count"],
                "A batch of webhooks reached its time limit; they were spooled or answered 503.")
        case .postgresAway: Facts(.error, ["error"], "The responder lost Postgres and tries again.")
        case .canaryFailed:
            Facts(.error, ["error"], "The commit that tests the store failed; deliveries may fail, too.")
        case .batchSilent:
            Facts(.error, ["seconds"], "No run has reported for three minutes: check cron and the configuration.")
        case .batchReports: Facts(.notice, [], "Runs of the batch processor report again.")
        case .postgresBack: Facts(.notice, [], "The responder has Postgres again.")
        case .refusalsNotRecorded: Facts(.error, ["count", "error"], "Rows of the table refusals are missing.")
        case .handshakesNotRecorded: Facts(.error, ["count", "error"], "Rows of the table handshakes are missing.")
        case .quarantineNotRecorded:
            Facts(.error, ["count", "error"], "Refused deliveries are missing in the quarantine.")
        case .databaseEncoding:
            Facts(
                .error, ["encoding"],
                "Deliveries with other characters are spooled or answered 503: `hookledger doctor`.")
        case .requestFailed:
            Facts(
                .error, ["request_id", "path", "status", "error", "duration_us"],
                "A request to the REST API was answered 5xx.")
        case .countersNotWritten: Facts(.warning, ["error"], "Metrics are late, not lost.")
        case .configurationReloaded:
            Facts(.notice, ["sources", "revision"], "A SIGHUP came, and the new configuration is in use.")
        case .configurationRefused:
            Facts(.error, ["error"], "A SIGHUP came; every error is named, and nothing has changed.")
        case .jobDone: Facts(.info, Self.attempt, "A job is done.")
        case .jobSkipped: Facts(.info, Self.attempt, "A job had nothing to do; `reason` has the cause.")
        case .jobFailed:
            Facts(
                .warning, or: .error, Self.attempt + ["next_in_ms", "counted"],
                "A job failed and is retried; an error if it is a dead letter now.")
        case .jobHeld: Facts(.notice, Self.job + ["reason"], "A job waits for a decision: `hookledger jobs release`.")
        case .leaseLost: Facts(.warning, Self.job, "A worker was too slow; the job runs elsewhere.")
        case .jobsRecovered:
            Facts(.warning, ["ready", "dead", "dead_jobs"], "A worker died; its jobs are ready again.")
        case .jobsGivenUp: Facts(.error, ["dead", "dead_jobs"], "Jobs are dead letters: `hookledger dead list`.")
        case .destinationAway:
            Facts(.warning, ["destination", "wait_ms", "reason"], "A destination is not called for a while.")
        case .destinationBusy:
            Facts(.notice, ["destination", "wait_ms", "reason"], "A destination limits its requests.")
        case .destinationBack: Facts(.info, ["destination"], "The jobs of this destination run again.")
        case .deadLettersAlerted: Facts(.error, ["dead"], "People were notified of dead letters.")
        case .deadLettersUnalerted: Facts(.error, ["dead"], "Nobody could be notified of dead letters.")
        case .alertSent:
            Facts(.notice, ["causes"], "People were notified of something other than dead letters; `causes` names it.")
        case .runWaits: Facts(.error, ["error"], "A run waits for Postgres.")
        case .slotLost: Facts(.warning, [], "A run was too slow and ends.")
        case .runFinished: Facts(.info, Self.run, "A run ended, with its counts.")
        case .runSkipped: Facts(.info, Self.run, "Other runs are active.")
        case .runHeld:
            Facts(
                .error, Self.run + ["reason"],
                "The database was restored; jobs run after `hookledger restore --release`. Exit code 75.")
        case .runAborted: Facts(.error, Self.run, "A run ended early; the next one continues. Exit code 75.")
        case .runMisconfigured:
            Facts(
                .critical, Self.run + ["error"],
                "`hookledger migrate` has not run, or the role lacks a right. Exit code 78.")
        case .spoolImported:
            Facts(
                .notice, or: .warning, ["recorded", "duplicates", "set_aside", "stopped"],
                "Spooled deliveries are in Postgres; a warning if some are left.")
        case .spoolNotImported: Facts(.error, ["error"], "Deliveries wait on disk: `hookledger doctor`.")
        case .spoolRedated:
            Facts(
                .warning, ["delivery"],
                "The clock was wrong when the delivery was spooled; `delivery` has the time that it gave.")
        case .spoolPostponed:
            Facts(
                .warning, ["reason"],
                "One delivery failed while others were imported; three failures move it to aside/.")
        case .movedAside: Facts(.error, ["folder", "reason"], "A file failed import and needs a person.")
        case .asideAnswered:
            Facts(
                .notice, ["asked", "deliveries", "file"],
                "A request to erase or export the data of a person was carried out in aside/.")
        case .asideNotSearched: Facts(.warning, ["error"], "The batch processor retries it.")
        case .generationNotWritten:
            Facts(
                .warning, ["error"], "The host keeps an earlier number, and does not notice a restore to a later state."
            )
        case .heartbeatNotWritten: Facts(.warning, ["error"], "Responders may report that no batch processor runs.")
        case .retentionApplied:
            Facts(.notice, ["partitions", "receipts", "refusals", "postponed"], "Old data was removed.")
        case .retentionWaits:
            Facts(
                .warning, ["reason"],
                "Clocks differ, or too much would go at once: nothing is dropped until a person confirms it.")
        case .retentionNotApplied: Facts(.warning, ["error"], "The next run removes old data.")
        case .anonymized: Facts(.notice, ["rows"], "Records without a change for the configured time were anonymized.")
        case .reconciled:
            Facts(.info, or: .warning, Self.comparison, "Every order was compared; a warning if some were missing.")
        case .reconcileContinues:
            Facts(
                .info, Self.comparison + ["percent"],
                "Logged every 20 pages. `percent` is the share of the compared time that is done.")
        case .reconcileStopped: Facts(.notice, Self.comparison, "The batch processor ended first.")
        case .reconcileEndedEarly:
            Facts(
                .error, Self.comparison + ["state", "reason"],
                "The API refused the token, limited the requests, did not answer, or gave an invalid answer. The next comparison continues at the kept page."
            )
        case .reconcileFailed: Facts(.error, ["error"], "The batch processor retries it.")
        case .webhookOff:
            Facts(
                .warning, ["source", "api", "topic", "state", "detail"],
                "The webhook is missing, disabled or paused, or has another URL. Logged at each check (docs/webhooks.md)."
            )
        case .webhookRepaired:
            Facts(
                .notice, or: .error, ["source", "api", "topic", "repair", "trouble"],
                "The batch processor did it, at most twice in 24 hours; an error if the provider refused.")
        case .webhooksNotListed:
            Facts(.error, ["source", "api", "state", "reason"], "The batch processor retries it after a back-off.")
        case .schemaChanged:
            Facts(
                .notice, ["source", "type", "change", "path", "before", "after", "event_id"],
                "A member or an event type is new, a member is gone, or its values have another type (docs/drift.md).")
        case .shapesNotLearned: Facts(.warning, ["error"], "The batch processor retries it and continues there.")
        case .tokenRefreshed: Facts(.notice, ["source", "account"], "The provider gave a new token, and it is stored.")
        case .tokenNotRefreshed:
            Facts(
                .warning, or: .error, ["source", "account", "reason"],
                "The provider did not answer, and the refresh is tried again; an error if it refused: `hookledger authorize`."
            )
        case .tokenRevoked:
            Facts(.error, ["source", "account"], "Its jobs are held until a person runs `hookledger authorize`.")
        case .tokensNotKept: Facts(.error, ["error"], "The batch processor retries it.")
        case .collectorAway:
            Facts(
                .warning, ["reason"],
                "The batch processor asks it each minute, or when it says. Logged once, until it takes spans again.")
        case .collectorBack: Facts(.notice, [], "What waited was sent.")
        case .spansRefused:
            Facts(
                .error, ["spans", "reason"],
                "It will never take them: wrong credentials or a wrong URL, as a rule (docs/telemetry.md).")
        case .spansDropped: Facts(.warning, ["spans"], "They were older than `telemetry.max_age`.")
        case .telemetryFailed: Facts(.warning, ["error"], "The batch processor retries it and continues there.")
        case .statisticsNotKept:
            Facts(
                .warning, ["error"], "The views show earlier results, with their time. The batch processor retries it.")
        case .personKeyNotRead: Facts(.warning, ["error"], "The person index is not filled: `hookledger doctor`.")
        case .personIndexNotFilled: Facts(.warning, ["error"], "The batch processor retries it and continues there.")
        case .refusalTried:
            Facts(
                .notice, ["request_id", "source", "released"],
                "A person asked for a retry over the API; the view quarantine_list has the result.")
        case .refusalNotTried: Facts(.warning, ["error"], "The batch processor retries it.")
        case .chainSealed:
            Facts(
                .notice, ["links", "link"],
                "Rows of the operator log have their links; `link` is the newest one, for `hookledger audit verify --link`."
            )
        case .chainChanged: Facts(.error, ["rows"], "These rows were changed after they were sealed.")
        case .chainNotSealed: Facts(.warning, ["error"], "The batch processor retries it.")
        }
    }
}
