import Providers
import Verification
public import Webhooks

extension StoredEvent {
    /// The answer to its sender, rebuilt by the current contract; nil if there was no answer, or the contract no longer
    /// reads it.
    public var answer: Answer? {
        guard let origin = Recordable.Origin(rawValue: origin), [.delivery, .spool].contains(origin),
            let provider = ProviderRegistry.named(provider), let event
        else { return nil }
        // While it was spooled, event and order had no ids yet.
        let receipt =
            origin == .spool
            ? Receipt(eventID: 0, orderRow: nil, isDuplicate: false)
            : Receipt(eventID: id, orderRow: orderRow, isDuplicate: false)
        return provider.answer(event, receipt, verified.delivery)
    }
}
