import Providers
import Verification
public import Webhooks

extension StoredEvent {
    /// What its sender was answered, made again by its contract as it is now; nil when nobody was answered, or the
    /// contract does not read it any more.
    public var answer: Answer? {
        guard let origin = Recordable.Origin(rawValue: origin), [.delivery, .spool].contains(origin),
            let provider = ProviderRegistry.named(provider), let event
        else { return nil }
        // While it lay in the spool, event and order had no ids yet.
        let receipt =
            origin == .spool
            ? Receipt(eventID: 0, orderRow: nil, isDuplicate: false)
            : Receipt(eventID: id, orderRow: orderRow, isDuplicate: false)
        return provider.answer(event, receipt, verified.delivery)
    }
}
