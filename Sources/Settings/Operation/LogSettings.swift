/// The log.
public struct LogSettings: Sendable, Hashable {
    /// The levels of swift-log, by its names.
    public enum Level: String, Sendable, CaseIterable {
        /// From the least to the most severe.
        case trace, debug, info, notice, warning, error, critical
    }

    /// Messages below this are left out.
    public let level: Level

    static func read(_ root: Section) -> LogSettings {
        LogSettings(level: LogKeys.level.value(in: root.section("log", keys: LogKeys.section.names)))
    }
}
