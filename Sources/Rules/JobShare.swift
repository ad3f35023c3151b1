public import Settings
public import Webhooks

/// How one job stands for many events: of each key only one waits at a time.
public struct JobShare: Sendable, Hashable {
    /// What makes two jobs the same (`jobs.unique_key`).
    public let key: String
    /// How long after the event it runs, in milliseconds.
    public let delay: Int64
    /// Whether each further event begins the wait anew, as a timer does, and becomes what the job is about.
    public let restarts: Bool

    /// The share that jobs of an action have; nil for actions that do something for every event.
    public init?(_ action: ActionSettings, _ event: Event, source: String) {
        switch action.kind {
        case "knowledge_base":
            // One job for all products.
            key = "knowledge_base:\(action.name)"
            delay = (action.duration("debounce") ?? Self.debounce).wholeMilliseconds
            restarts = false
        case "cart_abandoned":
            guard let cart = event.subject, cart.hasPrefix("cart:") else { return nil }
            // A cart is its shop's, where the content that is signed names one.
            let shop =
                event.shopKey.isEmpty ? "" : event.shopKey.replacing("%", with: "%25").replacing(":", with: "%3A") + ":"
            key = "cart_abandoned:\(action.name):\(source):\(shop)\(cart.dropFirst(5))"
            delay = (action.duration("after") ?? Self.abandonment).wholeMilliseconds
            restarts = true
        default: return nil
        }
    }

    /// For how long product events are gathered before one sync.
    public static let debounce = Duration.seconds(10)
    /// When a cart counts as abandoned.
    public static let abandonment = Duration.seconds(24 * 3600)
}
