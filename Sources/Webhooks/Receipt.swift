/// The ledger's result for a recorded delivery, after its COMMIT.
public struct Receipt: Sendable, Hashable {
    /// The event's id: of the first delivery when this one is a duplicate.
    public let eventID: Int64
    /// The row id of its order (`orders.id`); nil if it has none.
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
