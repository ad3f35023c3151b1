import JSON
public import Verification
public import Webhooks

/// A contract for an order that a reconciliation found missing: read as a webhook of its provider is, but identified by
/// the order and the provider's own update time.
///
/// So the same state is one event, however often it is found. Its sequence is 1: a late webhook with the same time is
/// stale and changes nothing.
public struct ReconciledOrder: Provider {
    private let inner: any Provider
    private let isNew: Bool

    /// - Parameters:
    ///   - inner: the contract that reads the answer of the provider's API.
    ///   - isNew: whether the ledger did not have the order.
    public init(_ inner: any Provider, isNew: Bool) {
        self.inner = inner
        self.isNew = isNew
    }

    /// That of the contract.
    public var name: String { inner.name }
    /// That of the contract; what was fetched is not signed.
    public var scheme: Scheme { inner.scheme }
    /// Those of the contract.
    public var credentialMembers: Set<String> { inner.credentialMembers }

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event; without a record or a time if the answer has no order, or no time of it.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        guard case .order(let order) = event.record, let key = DedupeKey.reconciled(event) else { return event }
        event.dedupeKey = key
        event.sequence = max(event.sequence, 1)
        event.type = type(order)
        event.deliveryID = nil
        return event
    }

    private func type(_ order: Order) -> String {
        if order.fields[.status] == "trash" { return "order.deleted" }
        if order.fields[.stage] == Stage.cancelled.value { return "order.cancelled" }
        return isNew ? "order.created" : "order.updated"
    }
}

extension DedupeKey {
    /// The key of an event that a reconciliation found: the order, its shop, and the provider's update time.
    /// - Returns: nil for an event without an order or a time.
    public static func reconciled(_ event: Event) -> DedupeKey? {
        guard case .order(let order) = event.record, let time = event.occurredAt else { return nil }
        return .id("reconciled\u{0}\(event.shopKey)\u{0}\(order.id)\u{0}\(time.microseconds)", of: event.provider)
    }
}
