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
    /// Orders without a change for this long are anonymized; nil for never.
    public var orders: Duration?
    /// Customers without a change for this long are anonymized; nil for never.
    public var customers: Duration?

    /// 90 days, ten years, 30 and 90 days.
    public static let standard = RetentionSettings(
        events: .seconds(90 * 86_400), receipts: .seconds(3650 * 86_400), refusals: .seconds(30 * 86_400),
        jobs: .seconds(90 * 86_400))

    static func read(_ root: Section) -> RetentionSettings {
        guard
            let section = root.section(
                "retention", keys: ConfigurationKeys.retention)
        else {
            return standard
        }
        func written(_ key: String) -> Duration? {
            section.duration(key, .seconds(86_400)...(.seconds(3650 * 86_400)))
        }
        func time(_ key: String, _ standard: Duration) -> Duration { written(key) ?? standard }
        let events = time("events", standard.events)
        return RetentionSettings(
            events: events, receipts: max(events, time("receipts", standard.receipts)),
            refusals: time("refusals", standard.refusals),
            jobs: time("jobs", standard.jobs), orders: written("orders"), customers: written("customers"))
    }
}
