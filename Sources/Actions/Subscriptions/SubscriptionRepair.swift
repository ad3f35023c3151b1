import Crypto
import Ledger
import Webhooks

/// What is to be done about a webhook.
struct SubscriptionRepair: Sendable {
    let kind: WebhookBooks.Repair
    /// The topic, as the API names it.
    let topic: String
    /// The source's own address.
    let address: String
    /// All topics that are missing, as the API names them: a webhook with several topics gets them in one request, which
    /// is sent once.
    let missing: [String]
    /// The webhook to enable; nil to register one.
    let found: Subscription?
    /// All that is registered.
    let registered: [Subscription]
    /// The secret with which the source verifies deliveries; nil without one.
    let secret: SecretBytes?

    /// Checks that a provider's answer describes the webhook that was asked for: its id, its topics, our address, and that it
    /// delivers. An answer of status 2xx says none of that by itself.
    /// - Parameters:
    ///   - changed: the webhook of the answer, once for each of its topics.
    ///   - hasSeveralTopics: whether missing topics are added to the webhook with our address.
    /// - Throws: what it describes instead.
    func confirm(_ changed: [Subscription], hasSeveralTopics: Bool) throws(ListingFault) {
        guard let webhook = changed.first, let id = webhook.id, !id.isEmpty else {
            throw .badAnswer("the answer describes no webhook")
        }
        guard isExpected(id, hasSeveralTopics) else { throw .badAnswer("the answer is about another webhook: \(id)") }
        guard webhook.address == address else {
            let other = webhook.address.map(RegisteredWebhooks.withoutSecrets)
            throw .badAnswer("the webhook of the answer leads to \(other ?? "no address")")
        }
        let topics = Set(changed.map(\.topic))
        let wanted = kind == .register && hasSeveralTopics ? missing : [found?.topic ?? topic]
        if !topics.contains(Subscription.everyTopic), let absent = wanted.first(where: { !topics.contains($0) }) {
            throw .badAnswer("the webhook of the answer is not for \(absent)")
        }
        guard webhook.status == .on else { throw .badAnswer("the webhook of the answer is switched off") }
    }

    /// A new webhook has an id that was not there before.
    private func isExpected(_ id: String, _ hasSeveralTopics: Bool) -> Bool {
        if kind == .enable { return id == found?.id }
        let own = registered.filter { $0.address == address }.compactMap(\.id)
        return hasSeveralTopics && !own.isEmpty ? own.contains(id) : !registered.contains { $0.id == id }
    }
}
