import Platform
import Settings

/// What an outcome makes of a job and its effect: decided here, without a database, clock or chance of its own.
package struct Transition: Sendable, Hashable {
    /// What becomes of the row in `jobs`.
    package enum Fate: Sendable, Hashable {
        /// It leaves the table; `job_attempts` says done or skipped.
        case over(skipped: Bool)
        /// It is ready again after this many milliseconds.
        case again(after: Int64, counted: Bool)
        /// It is a dead letter.
        case dead
    }

    /// What becomes of the row in `effects`, if the job has one.
    package enum EffectChange: String, Sendable, Hashable {
        /// The effect has happened.
        case done
        /// It has not happened: the row is removed, so that the next attempt starts again.
        case cleared
        /// Unknown; the next attempt finds the row and acts by the action's doubt.
        case open
        /// Unknown, and nobody can be asked.
        case uncertain
    }

    package var fate: Fate
    package var effect: EffectChange
    package var reason: String?
    package var externalID: String?
    package var answer: String?

    /// - Parameters:
    ///   - outcome: the action's judgement.
    ///   - doubt: the handling of an uncertain effect.
    ///   - isOutage: whether the destination is known not to answer anybody: that is no fault of the job.
    ///   - chance: evenly spread over 0 ..< 1, for the back-off.
    init(
        _ outcome: Outcome, of job: Job, policy: RetryPolicy, doubt: ActionKind.Doubt, isOutage: Bool = false,
        chance: Double
    ) {
        switch outcome {
        case .done(let externalID, let answer):
            self.init(fate: .over(skipped: false), effect: .done, externalID: externalID, answer: answer)
        case .skipped(let reason):
            self.init(fate: .over(skipped: true), effect: .cleared, reason: reason)
        case .bury(let reason):
            self.init(fate: .dead, effect: .cleared, reason: reason)
        case .retry(let wish, let counted, let reason):
            self.init(
                fate: Self.next(job, policy, wish, counted: counted, chance), effect: .cleared, reason: reason)
        case .hold(let reason):
            // Only where it comes too late to hold the job, in the transaction that ends it.
            self.init(fate: Self.next(job, policy, nil, counted: false, chance), effect: .cleared, reason: reason)
        case .notYet(let longest, let reason):
            var policy = policy
            policy.longestDelay = min(policy.longestDelay, .milliseconds(longest))
            self.init(fate: Self.next(job, policy, nil, counted: false, chance), effect: .cleared, reason: reason)
        case .unanswered(let reason):
            switch Mutation.isOn("doubt-is-retried") ? .settled : doubt {
            case .settled:
                self.init(
                    fate: Self.next(job, policy, nil, counted: !isOutage, chance), effect: .open, reason: reason)
            case .reported:
                self.init(
                    fate: .dead, effect: .uncertain,
                    reason: "\(reason); the request may have arrived, and the destination cannot be asked")
            }
        }
    }

    private init(
        fate: Fate, effect: EffectChange, reason: String? = nil, externalID: String? = nil, answer: String? = nil
    ) {
        self.fate = fate
        self.effect = effect
        self.reason = reason
        self.externalID = externalID
        self.answer = answer
    }

    private static func next(
        _ job: Job, _ policy: RetryPolicy, _ wish: Int64?, counted: Bool, _ chance: Double
    ) -> Fate {
        let giveUp = policy.giveUp.wholeMilliseconds
        if !Mutation.isOn("failures-without-end"),
            counted ? job.attempt >= job.maxAttempts : job.firstFailedAgo >= giveUp
        {
            return .dead
        }
        let failures = counted ? job.attempt : job.uncounted + 1
        var delay = Backoff(policy).delay(failures: failures, wish: wish, chance: chance)
        // Not long after give_up: the last attempt comes then.
        if !counted, wish == nil { delay = min(delay, max(1000, giveUp - job.firstFailedAgo)) }
        return .again(after: delay, counted: counted)
    }
}

extension Transition {
    /// The action asked for one call after another: a mistake that no retry fixes.
    static let endless = Transition(fate: .dead, effect: .open, reason: "the action asked for more and more calls")

    /// The destination did not say whether the effect exists: ask again later. Not counted, as the job has not failed.
    static func askAgain(_ reason: String, of job: Job, policy: RetryPolicy, chance: Double) -> Transition {
        Transition(
            fate: next(job, policy, nil, counted: false, chance), effect: .open,
            reason: "it is not known whether the effect happened: \(reason)")
    }
}
