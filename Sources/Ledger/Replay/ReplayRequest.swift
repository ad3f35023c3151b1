/// What an operator wants to have replayed, beside which events.
public struct ReplayRequest: Sendable {
    /// The replay's name. One run replays an event at most once, however often it is called: so a replay that was
    /// broken off goes on when it is started again under its name. From a random source, or an idempotency key.
    public var run: String
    /// Who: `cli:<login name>` or `token:<name of the token>`.
    public var actor: String
    /// What `operator_log` names: `event:4711` for one event; nil for `replay:<run>`.
    public var subject: String?
    /// Why, in the person's words.
    public var reason: String?
    /// Whether effects that have happened may happen once more.
    public var again = false
    /// What is to be different; when there is something, each event becomes a new one, of the origin `replay`.
    public var changes: [FieldChange] = []
    /// How long after the one before each event's jobs start, so that no destination is flooded.
    public var spread = Duration.milliseconds(100)
    /// Whether it may run actions that a person's data depends on: whoever may only replay must not have somebody
    /// redacted, or a person's data handed out, by an event that he changed.
    public var mayReachPrivacy = false
    /// Whether only to say what would be done.
    public var isDryRun = false

    /// What was asked for, when that is not the filter that ``Replay`` runs: an API finds ids first.
    public var asked: EventFilter?
    /// How many events at most were asked for.
    public var limit: Int?
    /// What `operator_log` keeps of it; set by ``Replay``.
    var recorded = "{}"

    /// A replay of that name.
    public init(run: String, actor: String) {
        self.run = run
        self.actor = actor
    }
}

/// One event that was replayed, or would be.
public struct ReplayedEvent: Sendable, Hashable {
    /// What becomes of a job.
    public enum Fate: String, Sendable, CaseIterable {
        /// It never ran.
        case new
        /// It ran before: an effect that has happened is not repeated, unless that was asked for.
        case repeated
        /// It was a dead letter and is ready again.
        case revived
        /// It is still to be done: left alone.
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

    /// What became of the event.
    public enum Outcome: Sendable, Hashable {
        /// Its jobs were made anew.
        case replayed
        /// A new event was made of it; its id, nil in a dry run.
        case changed(newEvent: Int64?)
        /// This run has replayed it before.
        case alreadyDone
        /// It can not be replayed; why.
        case failed(String)
    }

    /// The event's id.
    public let id: Int64
    /// Its normalized type.
    public let type: String
    /// What it is about.
    public let subject: String?
    /// What became of it.
    public let outcome: Outcome
    /// Its jobs.
    public let jobs: [Job]
}

/// How far a replay is, and what it did.
public struct ReplayReport: Sendable, Hashable {
    /// How many events the filter finds.
    public var total = 0
    /// How many were looked at.
    public var done = 0
    /// How many were replayed, or would be.
    public var replayed = 0
    /// How many the same run had replayed before.
    public var alreadyDone = 0
    /// How many can not be replayed.
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
