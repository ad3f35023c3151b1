/// For how long what is stored is kept.
public struct RetentionSettings: Sendable, Hashable {
    /// Raw events.
    public let events: Duration
    /// What was refused.
    public let refusals: Duration
    /// Finished jobs and their attempts.
    public let jobs: Duration

    /// 90, 30 and 90 days.
    public static let standard = RetentionSettings(
        events: .seconds(90 * 86_400), refusals: .seconds(30 * 86_400), jobs: .seconds(90 * 86_400))

    static func read(_ root: Section) -> RetentionSettings {
        guard let section = root.section("retention", keys: ["events", "refusals", "jobs"]) else { return standard }
        func time(_ key: String, _ standard: Duration) -> Duration {
            section.duration(key, .seconds(86_400)...(.seconds(3650 * 86_400))) ?? standard
        }
        return RetentionSettings(
            events: time("events", standard.events), refusals: time("refusals", standard.refusals),
            jobs: time("jobs", standard.jobs))
    }
}
