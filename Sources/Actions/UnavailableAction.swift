import Jobs
import Outbound
import Settings
import Webhooks

/// An action that can not run as it is configured. Its jobs are tried again, not counted, until `give_up`.
struct UnavailableAction: Action {
    let name: String
    let kind: ActionKind
    let retryPolicy: RetryPolicy
    let doubt = Doubt.report
    private let reason: String

    /// - Parameter name: of the action, where that is not the entry's own.
    init(_ settings: ActionSettings, name: String? = nil, reason: String) {
        self.name = name ?? settings.name
        kind = settings.kind
        retryPolicy = RetryPolicy(settings)
        self.reason = reason
    }

    func effectKey(for subject: JobSubject) -> String? { nil }

    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation {
        .finished(.retry(counted: false, reason: "the action \(name) can not run: \(reason)"))
    }

    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome {
        .retry(counted: false, reason: reason)
    }
}
