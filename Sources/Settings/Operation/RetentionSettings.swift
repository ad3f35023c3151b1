/// How long stored data is kept.
public struct RetentionSettings: Sendable, Hashable {
    /// Raw events.
    public let events: Duration
    /// The keys that identify duplicates; longer than the events, because a delivery without a signed time can be
    /// resent at any time.
    public let receipts: Duration
    /// Refusals.
    public let refusals: Duration
    /// Finished jobs and their attempts.
    public let jobs: Duration
    /// Refused deliveries that look like the source's own, whole; zero if none are kept.
    public var quarantine: Duration = QuarantineKeys.keep.standard
    /// Orders without a change for this long are anonymized; nil for never.
    public var orders: Duration?
    /// Customers without a change for this long are anonymized; nil for never.
    public var customers: Duration?

    /// The defaults.
    public static let standard = RetentionSettings(
        events: RetentionKeys.events.standard, receipts: RetentionKeys.receipts.standard,
        refusals: RetentionKeys.refusals.standard, jobs: RetentionKeys.jobs.standard)

    static func read(_ root: Section) -> RetentionSettings {
        let section = root.section("retention", keys: RetentionKeys.section.names)
        let events = RetentionKeys.events.value(in: section)
        let quarantine = root.section("quarantine", keys: QuarantineKeys.section.names)
        return RetentionSettings(
            events: events, receipts: max(events, RetentionKeys.receipts.value(in: section)),
            refusals: RetentionKeys.refusals.value(in: section), jobs: RetentionKeys.jobs.value(in: section),
            quarantine: QuarantineKeys.keep.value(in: quarantine),
            orders: RetentionKeys.orders.value(in: section), customers: RetentionKeys.customers.value(in: section))
    }
}
