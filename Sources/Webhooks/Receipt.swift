/// What the ledger says of a recorded delivery, after its COMMIT returned.
public struct Receipt: Sendable, Hashable {
    /// The event's id: of the first delivery when this one is a duplicate.
    public let eventID: Int64
    /// The row id of the order it is about (`orders.id`); nil when it is about none.
    public let orderRow: Int64?
    /// Whether an earlier delivery had the same dedupe key, so that nothing was written for this one.
    public let isDuplicate: Bool

    /// A receipt with the given parts.
    public init(eventID: Int64, orderRow: Int64?, isDuplicate: Bool) {
        self.eventID = eventID
        self.orderRow = orderRow
        self.isDuplicate = isDuplicate
    }
}
