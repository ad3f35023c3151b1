import Platform
import Settings

/// The actions of a run, and what they and the conditions say of a job.
struct ActionSet: Sendable {
    private let byName: [String: any Action]
    private let places: [String: Destinations.Place]
    private let conditions: any ConditionCheck
    private let revision: ConfigurationRevision?

    init(_ actions: [any Action], _ conditions: any ConditionCheck, revision: ConfigurationRevision?) {
        self.revision = revision
        byName = Dictionary(actions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.conditions = conditions
        places = byName.compactMapValues(\.place)
    }

    subscript(job: Job) -> (any Action)? { byName[job.action] }
    /// Where the job's action always goes; nil when only its requests say where.
    func place(of job: Job) -> Destinations.Place? { places[job.action] }
    var count: Int { byName.count }
    /// By name.
    var all: [any Action] { byName.values.sorted { $0.name < $1.name } }

    /// What is to be read of the job's subject.
    func needs(of job: Job) -> SubjectNeeds {
        var needs = conditions.needs(of: job)
        guard let action = self[job] else { return needs }
        if action.needsBody { needs.insert(.body) }
        if action.needsFields { needs.insert(.fields) }
        return needs
    }

    /// What becomes of a job before its action begins.
    enum Verdict {
        case called
        case over(Outcome)
        /// It waits for a decision (`jobs.hold_reason`).
        case held(String)
        /// Its event's body was left out, as enough of them are in memory.
        case unread
    }

    /// - Parameter found: what it is about; nil when its event is no longer stored.
    /// - Returns: also what the action may see of it.
    func verdict(on job: Job, _ found: JobSubject?) -> (Verdict, JobSubject?) {
        let action = self[job]
        if let found, found.event.isBodyLeftOut, action?.needsBody == true { return (.unread, nil) }
        let subject = found.map(conditions.view) ?? job.alertSubject
        if action == nil { return (.over(withoutAction(job)), subject) }
        if action?.disabledBy != nil { return (.held(HoldReason.disabledAction), subject) }
        guard let subject else { return (.over(.bury("the event is no longer stored")), nil) }
        if let objection = conditions.objection(to: subject) {
            return (.over(newness(of: job).map { awaitNewer(objection, $0) } ?? .skipped(objection)), subject)
        }
        if let reason = conditions.hold(on: subject) { return (.held(reason), subject) }
        return (.called, subject)
    }

    /// A job that this configuration, or an earlier one, made is skipped. Of others it is unknown whether the action is gone
    /// or not there yet.
    private func withoutAction(_ job: Job) -> Outcome {
        let reason = "the configuration has no action \(job.action)"
        if let newer = newness(of: job) { return awaitNewer(reason, newer) }
        return job.revision != nil && revision?.number != nil
            ? .skipped(reason) : .retry(counted: false, reason: reason)
    }

    /// The job's revision and the run's, if the run's is older.
    private func newness(of job: Job) -> (job: Int32, run: Int32)? {
        guard let of = job.revision, let own = revision?.number, of > own,
            !Mutation.isOn("newer-jobs-are-skipped")
        else { return nil }
        return (of, own)
    }

    private func awaitNewer(_ reason: String, _ newer: (job: Int32, run: Int32)) -> Outcome {
        .retry(
            counted: false,
            reason: "\(reason); its configuration is revision \(newer.job), and this host still uses \(newer.run)")
    }

    /// Whether the effect may be kept under an earlier key.
    func hasEarlierKeys(_ subject: JobSubject) -> Bool {
        self[subject.job]?.earlierEffectKeys(for: subject).isEmpty == false
    }

    /// Whether the effect may have happened although the job runs now, and a turn would be taken in vain: a replay of an
    /// action with a pace.
    func mayBeDone(_ subject: JobSubject) -> Bool {
        subject.job.isOfReplay && subject.job.again == nil && self[subject.job]?.pace != nil
    }

    /// The effect's key; in a replay that repeats effects, one of its own.
    func effectKey(for subject: JobSubject) -> String? {
        guard let key = subject.keptKey ?? self[subject.job]?.effectKey(for: subject) else { return nil }
        return subject.job.again.map { "\(key):again:\($0)" } ?? key
    }

    /// Whether the effect is one of its event: the same event with another id would have another effect.
    func isOfEvent(_ subject: JobSubject) -> Bool {
        var other = subject
        other.event.id = -1
        return effectKey(for: subject) != effectKey(for: other)
    }

    /// How an effect in doubt is settled.
    func doubt(of job: Job, _ send: Send) -> Doubt { self[job]?.kind.doubt == .settled ? send.doubt : .report }
}
