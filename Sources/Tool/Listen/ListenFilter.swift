import Providers
import Rules
import Settings
import Verification
import Webhooks

/// Which events a listener forwards: those that fit conditions in the language of rules.
struct ListenFilter {
    /// As it was written.
    let text: String
    private let rule: Rule

    /// - Parameter sources: the names that `source` can have; nil for any.
    /// - Throws: `UsageError` with every mistake.
    init(_ text: String, sources: [String]?) throws(UsageError) {
        self.text = text
        do throws(SettingsErrors) {
            rule = try RuleExpression.read(text, sources: sources)
        } catch {
            throw UsageError(error.errors.map(\.message).joined(separator: "; "))
        }
    }

    /// Whether the event, as it was received, fits. A field that it does not have fits no condition.
    func fits(_ event: LiveEvent) -> Bool {
        guard event.item.kind != .handshake, let provider = ProviderRegistry.named(event.provider) else { return false }
        let delivery = Delivery(
            requestID: "listen", receivedAt: Timestamp(rfc3339: event.item.receivedAt) ?? Timestamp(microseconds: 0),
            method: event.method, path: event.path, query: event.query, headers: event.headers, body: event.body)
        // The server has verified it.
        guard
            let verified = try? provider.scheme.verify(
                delivery, keyring: Keyring(secrets: []), policy: .none, now: delivery.receivedAt),
            let read = try? normalize(verified, by: provider).event
        else { return false }
        return rule.evaluate(RuleSubject(read, source: event.source)) == .true
    }
}
