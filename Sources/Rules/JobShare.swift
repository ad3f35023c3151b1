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

    /// How jobs of an action are shared; nil for actions with one job per event.
    public init?(_ action: ActionSettings, _ event: Event, source: String) {
        switch action.kind {
        case "knowledge_base":
            // One job for all products.
            key = "knowledge_base:\(action.name)"
            delay = (action.duration("debounce") ?? Self.debounce).wholeMilliseconds
            restarts = false
        case "cart_abandoned":
            guard let cart = event.subject, cart.hasPrefix("cart:") else { return nil }
            // A cart belongs to its shop, if the signed content names one.
            let shop =
                event.shopKey.isEmpty ? "" : event.shopKey.replacing("%", with: "%25").replacing(":", with: "%3A") + ":"
            key = "cart_abandoned:\(action.name):\(source):\(shop)\(cart.dropFirst(5))"
            delay = (action.duration("after") ?? Self.abandonment).wholeMilliseconds
            restarts = true
        default: return nil
        }
    }

    /// How long product events are collected before one sync.
    public static let debounce = Duration.seconds(10)
    /// When a cart counts as abandoned.
    public static let abandonment = Duration.seconds(24 * 3600)
}
