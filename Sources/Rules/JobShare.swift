public import Settings
public import Webhooks

/// How many events share one job: each key has at most one waiting job.
public struct JobShare: Sendable, Hashable {
    /// The identity of the shared job (`jobs.unique_key`).
    public let key: String
    /// How long after the event it runs, in milliseconds.
    public let delay: Int64
    /// Whether each further event restarts the wait, as with a timer, and becomes the job's subject.
    public let restarts: Bool

    /// A share of those parts.
    package init(key: String, delay: Int64 = 0, restarts: Bool = false) {
        self.key = key
        self.delay = delay
        self.restarts = restarts
    }

    /// The share that a job of an action has; nil for actions whose jobs are not shared.
    public init?(_ action: ActionSettings, _ event: Event, source: String) {
        guard let sharing = action.kind.sharing else { return nil }
        let start = "\(action.kind.name):\(action.name)"
        switch sharing.scope {
        case .action: key = start
        case .subject(let prefix):
            guard let subject = event.subject, subject.hasPrefix(prefix) else { return nil }
            // A subject is its shop's, where the signed content names one.
            let shop =
                event.shopKey.isEmpty ? "" : event.shopKey.replacing("%", with: "%25").replacing(":", with: "%3A") + ":"
            key = "\(start):\(source):\(shop)\(subject.dropFirst(prefix.count))"
        }
        delay = (action.duration(sharing.delayKey) ?? sharing.delay).wholeMilliseconds
        restarts = sharing.restarts
    }
}
