import Jobs
import Settings

extension RetryPolicy {
    /// The policy that an action's section sets.
    init(_ settings: ActionSettings) {
        self.init(
            firstDelay: settings.retry.backoff.milliseconds, giveUp: settings.retry.giveUp.milliseconds,
            afterDead: settings.afterDead == .block ? .block : .skip)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
