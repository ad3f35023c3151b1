/// Whether a job is still called for, asked just before its action.
public protocol ConditionCheck: Sendable {
    /// - Returns: why the job is to be skipped; nil when it is still called for.
    func objection(to subject: JobSubject) -> String?
}
