/// One attempt that has ended and waits to be written down. Times are of the run's clock in milliseconds: the database
/// gets ages and takes them off its own clock, so that the clocks of two hosts need not agree.
package struct Ending: Sendable {
    package var job: Job
    package var transition: Transition
    /// The effect that this attempt began or found; nil when it came to none.
    package var effectKey: String?
    /// The event's request id; nil when the event was never read.
    package var requestID: String?
    package var destination: String?
    package var status: Int?
    package var startedAt: Int64
    package var firstByteAt: Int64?
    package var finishedAt: Int64

    /// `job_attempts.outcome`.
    package var outcome: String {
        switch transition.fate {
        case .over(let skipped): skipped ? "skipped" : "done"
        case .again: "retry"
        case .dead: "dead"
        }
    }

    /// nil: a dead letter.
    package var delay: Int64? { if case .again(let delay, _) = transition.fate { delay } else { nil } }
    package var isCounted: Bool { if case .again(_, let counted) = transition.fate { counted } else { true } }
}
