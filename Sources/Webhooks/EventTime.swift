/// When something happened, as far as that orders anything: fields, deletions, counts of stock, the comparison with a provider.
///
/// A sender's clock may be wrong. A time from the future would stand above whatever happens until then, so it counts as five
/// minutes after the receipt. `time_that_orders()` is the same in the database.
public enum EventTime {
    /// How far ahead a sender's clock counts, in seconds.
    public static let mostAhead: Int64 = 300

    /// - Parameters:
    ///   - occurredAt: the sender's own time; nil if it gave none.
    ///   - receivedAt: when this host heard of it.
    public static func ordering(_ occurredAt: Timestamp?, receivedAt: Timestamp) -> Timestamp {
        min(occurredAt ?? receivedAt, receivedAt.advanced(bySeconds: mostAhead))
    }
}
