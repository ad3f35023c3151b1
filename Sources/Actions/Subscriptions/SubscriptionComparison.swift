import Ledger
import Settings

/// Compares what is registered with what the configuration expects. Pure.
struct SubscriptionComparison {
    let settings: WebhookSettings
    /// Whether a topic leads to one address only.
    let hasOneAddress: Bool
    /// The topic as the API names it.
    let canonical: (String) -> String

    /// One expected topic.
    struct Finding: Sendable {
        /// The topic, as the configuration names it.
        let topic: String
        let state: WebhookState
        var detail: String?
        /// The webhook that the state is about; nil for none.
        var found: Subscription?
    }

    /// - Parameters:
    ///   - registered: all webhooks of all pages.
    ///   - deleted: the topics and ids that a person deleted.
    ///   - failed: the topics whose deliveries failed before they were off.
    ///   - ids: the ids that were known of the topics.
    func findings(
        _ registered: [Subscription], deleted: Set<String> = [], failed: Set<String> = [], ids: [String: String] = [:]
    ) -> [Finding] {
        settings.expect.map { topic in
            let name = canonical(topic)
            let same = registered.filter { $0.topic == name || $0.topic == Subscription.everyTopic }
            let own = same.filter { $0.address == settings.address }
            if let on = own.first(where: { $0.status == .on }) {
                if let wanted = settings.apiVersion, let version = on.version, version != wanted {
                    return Finding(
                        topic: topic, state: .otherVersion, detail: "its version is \(version), not \(wanted)",
                        found: on)
                }
                return Finding(topic: topic, state: .on, detail: on.trouble, found: on)
            }
            if let off = own.first { return self.off(off, topic, hasFailed: failed.contains(topic)) }
            if hasOneAddress, let other = same.first {
                return Finding(
                    topic: topic, state: .elsewhere,
                    detail: other.address.map { "it leads to \(RegisteredWebhooks.withoutSecrets($0))" }, found: other)
            }
            if deleted.contains(topic) || deleted.contains(name) || ids[topic].map(deleted.contains) ?? false {
                return Finding(topic: topic, state: .paused, detail: "deleted by hookledger webhooks delete")
            }
            return Finding(topic: topic, state: .missing)
        }
    }

    private func off(_ off: Subscription, _ topic: String, hasFailed: Bool) -> Finding {
        switch off.status {
        case .on, .paused: Finding(topic: topic, state: .paused, found: off)
        case .disabled: Finding(topic: topic, state: .disabled, found: off)
        case .off where hasFailed:
            Finding(topic: topic, state: .disabled, detail: "its deliveries had failed for two days", found: off)
        case .off:
            Finding(
                topic: topic, state: .paused, detail: "no deliveries had failed before, so a person has done it",
                found: off)
        }
    }

    /// Whether a topic is about orders, by its name.
    static func isOfOrders(_ topic: String) -> Bool { topic.lowercased().contains("order") }
}
