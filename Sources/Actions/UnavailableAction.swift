import Jobs
import Settings
import Webhooks

/// An action that cannot run as it is configured. Its jobs are tried again, not counted, until `give_up`.
struct UnavailableAction: Action {
    let name: String
    let kind: ActionKind
    let retryPolicy: RetryPolicy
    private let reason: String

    /// - Parameter name: of the action, where that is not the entry's own.
    init(_ settings: ActionSettings, name: String? = nil, reason: String) {
        self.name = name ?? settings.name
        kind = settings.kind
        retryPolicy = RetryPolicy(settings)
        self.reason = reason
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        .ended(.retry(counted: false, reason: "the action \(name) cannot run: \(reason)"))
    }
}
