import Jobs
import Settings
import Webhooks

/// An action that cannot run as it is configured. If a mistake disables it, its jobs are held until that is fixed;
/// otherwise they are tried again, not counted, until `give_up`.
struct UnavailableAction: Action {
    let name: String
    let kind: ActionKind
    let retryPolicy: RetryPolicy
    let disabledBy: String?
    private let reason: String

    /// - Parameters:
    ///   - name: of the action, where that is not the entry's own.
    ///   - isDisabled: whether the reason is a mistake in the configuration.
    init(_ settings: ActionSettings, name: String? = nil, reason: String, isDisabled: Bool = false) {
        disabledBy = isDisabled ? reason : nil
        self.name = name ?? settings.name
        kind = settings.kind
        retryPolicy = settings.retry
        self.reason = reason
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        .ended(.retry(counted: false, reason: "the action \(name) cannot run: \(reason)"))
    }
}
