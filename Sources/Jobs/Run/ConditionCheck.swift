/// Whether a job is still called for, asked just before its action.
public protocol ConditionCheck: Sendable {
    /// What ``view(of:)``, ``objection(to:)`` and ``hold(on:)`` look at, beside what is always read.
    func needs(of job: Job) -> SubjectNeeds
    /// What the job's action is to see of what it is about, and how often its rule wants the effect.
    func view(of subject: JobSubject) -> JobSubject
    /// - Parameter subject: as ``view(of:)`` has it.
    /// - Returns: why the job is to be skipped; nil when it is still called for.
    func objection(to subject: JobSubject) -> String?
    /// - Parameter subject: as ``view(of:)`` has it.
    /// - Returns: what the job is to wait for (`jobs.hold_reason`); nil when it may run.
    func hold(on subject: JobSubject) -> String?
}

extension ConditionCheck {
    /// Whatever conditions can look at.
    public func needs(of job: Job) -> SubjectNeeds { [.fields, .change] }
    /// All of it.
    public func view(of subject: JobSubject) -> JobSubject { subject }
    /// It may run.
    public func hold(on subject: JobSubject) -> String? { nil }
}
