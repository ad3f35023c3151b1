import Outbound
import Settings

/// One attempt at a job, and all that decides what its outcome makes of the job.
package struct Attempt: Sendable {
    let job: Job
    let effectKey: String?
    let requestID: String?
    let destination: String?
    let reply: Reply?
    let startedAt: Int64
    let policy: RetryPolicy
    let doubt: ActionKind.Doubt
    /// Whether the destination is known not to answer anybody.
    let isOutage: Bool
    /// Evenly spread over 0 ..< 1.
    let chance: Double

    /// - Parameter doubt: where it is not that of the action's kind.
    func transition(_ outcome: Outcome, doubt: ActionKind.Doubt? = nil) -> Transition {
        Transition(
            outcome, of: job, policy: policy, doubt: doubt ?? self.doubt, isOutage: isOutage, chance: chance)
    }

    func ending(_ transition: Transition, at now: Int64) -> Ending {
        var firstByteAfter: Int64?
        var status: Int?
        switch reply {
        case .success(let response):
            firstByteAfter = response.firstByteAfter
            status = response.status
        case .failure(let failure): firstByteAfter = failure.firstByteAfter
        case nil: break
        }
        return Ending(
            job: job, transition: transition, effectKey: effectKey, requestID: requestID, destination: destination,
            status: status, startedAt: startedAt, firstByteAt: firstByteAfter.map { startedAt + $0 / 1000 },
            finishedAt: now)
    }
}
