import Providers
import Settings
import Verification
import Webhooks

/// A source as the responder works with it: its settings and the contracts that it speaks, looked up once.
struct HookSource: Sendable {
    let settings: SourceSettings
    private let first: any Provider
    private let others: [any Provider]

    /// - Returns: nil when none of the names is a provider's; the settings have been checked for that.
    init?(_ settings: SourceSettings) {
        let providers = settings.providers.compactMap(ProviderRegistry.named)
        guard let first = providers.first else { return nil }
        self.settings = settings
        self.first = first
        others = Array(providers.dropFirst())
    }

    var name: String { settings.name }

    /// The contract that a delivery follows, by its headers; the first one when none recognizes it, so that it is
    /// refused in that contract's own shape.
    func provider(for delivery: Delivery) -> any Provider {
        if others.isEmpty || first.recognizes(delivery) { return first }
        return others.first { $0.recognizes(delivery) } ?? first
    }
}
