import JSON
public import Verification
public import Webhooks

/// A contract for an order, product or customer that a reconciliation found missing: read as a webhook of its provider is, but
/// identified by the record and the provider's own update time.
///
/// So the same state is one event, however often it is found. Its sequence is 1: a late webhook with the same time is
/// stale and changes nothing.
public struct ReconciledRecord: Provider {
    private let inner: any Provider
    private let isNew: Bool

    /// - Parameters:
    ///   - inner: the contract that reads the answer of the provider's API.
    ///   - isNew: whether the ledger did not have the record.
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

    /// The event; without a record or a time if the answer has no record, or no time of it.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        guard let key = DedupeKey.reconciled(event), let type = type(of: event) else { return event }
        event.dedupeKey = key
        event.sequence = max(event.sequence, 1)
        event.type = type
        event.deliveryID = nil
        return event
    }

    private func type(of event: Event) -> String? {
        switch event.record {
        case .none, .comment: nil
        case .order(let order):
            if order.fields[.status] == "trash" {
                "order.deleted"
            } else {
                order.fields[.stage] == Stage.cancelled.value ? "order.cancelled" : verb("order")
            }
        case .product(let product): product.fields[.deleted] == true ? "product.deleted" : verb("product")
        case .customer(let customer): customer.fields[.deleted] == true ? "customer.deleted" : verb("customer")
        }
    }

    private func verb(_ name: String) -> String { name + (isNew ? ".created" : ".updated") }
}

extension DedupeKey {
    /// The key of an event that a reconciliation found: the record, its shop, and the provider's update time.
    /// - Returns: nil for an event without a record or a time.
    public static func reconciled(_ event: Event) -> DedupeKey? {
        guard let record = event.record.identity, let time = event.occurredAt else { return nil }
        // Of orders the key has had no kind from the beginning.
        let kind = record.kind == .order ? "" : "\(record.kind.rawValue)\u{0}"
        return .id(
            "reconciled\u{0}\(kind)\(event.shopKey)\u{0}\(record.id)\u{0}\(time.microseconds)", of: event.provider)
    }
}
