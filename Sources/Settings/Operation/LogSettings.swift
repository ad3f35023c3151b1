/// The log.
public struct LogSettings: Sendable, Hashable {
    /// The levels of swift-log, by its names.
    public enum Level: String, Sendable, CaseIterable {
        /// From the least to the most severe.
        case trace, debug, info, notice, warning, error, critical
    }

    /// Messages below this are left out.
    public let level: Level
    /// nginx's log of the hook locations, which the audit reads; rotated files are beside it.
    public let hooks: String

    static func read(_ root: Section, _ location: ConfigurationFile) -> LogSettings {
        let section = root.section("log", keys: LogKeys.section.names)
        let isSystem = location.directory == ConfigurationFile.systemDirectory || !location.exists
        return LogSettings(
            level: LogKeys.level.value(in: section),
            hooks: LogKeys.hooks.value(in: section).map { FilePath.join(location.directory, $0) }
                ?? (isSystem ? LogKeys.systemHooks : FilePath.join(location.directory, "log/hooks.log")))
    }
}
