import Jobs
import Settings

extension RetryPolicy {
    /// The policy that an action's section sets.
    init(_ settings: ActionSettings) {
        self.init(
            firstDelay: settings.retry.backoff.wholeMilliseconds, giveUp: settings.retry.giveUp.wholeMilliseconds,
            afterDead: settings.afterDead == .block ? .block : .skip)
    }
}
