/// The parameters of a replay, apart from the filter of events.
public struct ReplayRequest: Sendable {
    /// The replay's name. One run replays an event at most once, however often it is called: so a replay that was
    /// interrupted continues when it is started again under its name. From a random source, or an idempotency key.
    public var run: String
    /// Who: `cli:<login name>` or `token:<name of the token>`.
    public var actor: String
    /// What `operator_log` names: `event:4711` for one event; nil for `replay:<run>`.
    public var subject: String?
    /// Why, in the person's words.
    public var reason: String?
    /// Whether effects that have happened may happen again.
    public var again = false
    /// The changes; with any, each event becomes a new one with the origin `replay`.
    public var changes: [FieldChange] = []
    /// How long after the one before each event's jobs start, so that no destination is flooded.
    public var spread = Duration.milliseconds(100)
    /// Whether it may run actions that a person's data depends on: whoever may only replay must not have somebody
    /// redacted, or a person's data handed out, by an event that he changed.
    public var mayReachPrivacy = false
    /// Whether to report only.
    public var isDryRun = false

    /// The original filter, if ``Replay`` runs another one: the API finds ids first.
    public var asked: EventFilter?
    /// The requested limit of events.
    public var limit: Int?
    /// Its record in `operator_log`; set by ``Replay``.
    var recorded = "{}"

    /// A replay of that name.
    public init(run: String, actor: String) {
        self.run = run
        self.actor = actor
    }
}

/// One event that was replayed, or would be.
public struct ReplayedEvent: Sendable, Hashable {
    /// The outcome for a job.
    public enum Fate: String, Sendable, CaseIterable {
        /// It never ran.
        case new
        /// It has already run: an effect that has happened is repeated only on request.
        case repeated
        /// It was a dead letter and is ready again.
        case revived
        /// It is still open: left alone.
        case open
    }

    /// One job of the event, by the present configuration.
    public struct Job: Sendable, Hashable {
        /// The rule that makes it.
        public let rule: String
        /// The action that it runs.
        public let action: String
        /// What becomes of it.
        public let fate: Fate
    }

    /// The outcome for the event.
    public enum Outcome: Sendable, Hashable {
        /// Its jobs were created again.
        case replayed
        /// A new event was made from it; its id, nil in a dry run.
        case changed(newEvent: Int64?)
        /// This run has already replayed it.
        case alreadyDone
        /// It cannot be replayed; why.
        case failed(String)
    }

    /// The event's id.
    public let id: Int64
    /// Its normalized type.
    public let type: String
    /// What it is about.
    public let subject: String?
    /// Its outcome.
    public let outcome: Outcome
    /// Its jobs.
    public let jobs: [Job]
}

/// The progress and the results of a replay.
public struct ReplayReport: Sendable, Hashable {
    /// How many events the filter finds.
    public var total = 0
    /// How many were checked.
    public var done = 0
    /// How many were replayed, or would be.
    public var replayed = 0
    /// How many the same run had already replayed.
    public var alreadyDone = 0
    /// How many cannot be replayed.
    public var failed = 0
    /// The jobs, counted by action and by what becomes of them.
    public var jobs: [String: [ReplayedEvent.Fate: Int]] = [:]

    mutating func add(_ event: ReplayedEvent) {
        done += 1
        switch event.outcome {
        case .replayed, .changed: replayed += 1
        case .alreadyDone: alreadyDone += 1
        case .failed: failed += 1
        }
        for job in event.jobs { jobs[job.action, default: [:]][job.fate, default: 0] += 1 }
    }
}
