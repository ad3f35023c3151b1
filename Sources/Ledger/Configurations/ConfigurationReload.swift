import Platform
public import Settings

/// Reads the configuration again while its program runs. For one thread.
public final class ConfigurationReload: Sendable {
    /// How one reading ended.
    public enum Outcome: Sendable {
        /// The new settings are in use.
        case used(Settings)
        /// The old ones stay; every error, a line each.
        case refused(String)

        /// Whether the new settings are in use.
        public var isUsed: Bool { if case .used = self { true } else { false } }

        /// What the log says of it.
        public var fields: [String: String] {
            switch self {
            case .used(let settings):
                [
                    "sources": settings.sources.map(\.name).joined(separator: " "),
                    "revision": settings.revision.number.map { "\($0)" } ?? "-",
                ]
            case .refused(let errors): ["error": errors]
            }
        }
    }

    private let inUse: Locked<Settings>
    private let read: @Sendable () throws(SettingsErrors) -> Settings
    private let role: DatabaseSettings.Role
    private let report: ConfigurationReport
    private let metrics: Metrics
    /// Whether the program ends; held while the configuration is read.
    private let isOver = Monitor(false)

    /// - Parameters:
    ///   - settings: those in use.
    ///   - read: reads them, as the program did at its start.
    ///   - role: the program's role in the database.
    ///   - report: tells the database what is in use.
    ///   - metrics: counts the reloads.
    public init(
        _ settings: Settings, role: DatabaseSettings.Role, report: ConfigurationReport, metrics: Metrics,
        read: @escaping @Sendable () throws(SettingsErrors) -> Settings
    ) {
        inUse = Locked(settings)
        (self.role, self.report, self.metrics, self.read) = (role, report, metrics, read)
    }

    /// Reads the configuration, and uses it unless it has an error, or a change that needs a restart.
    ///
    /// A fault of one part, with which a program starts and does the rest, is an error here if the configuration in use does
    /// not have it: what works must not stop working by a reload.
    ///
    /// It gets its revision before it is used, so that what is recorded with it carries that. While Postgres is away it is
    /// used without one; nothing is recorded then, and the program reports it later.
    /// - Parameter use: puts the new settings in the place of the old ones.
    /// - Returns: nil if the program ends.
    public func run(_ use: (Settings) -> Void) -> Outcome? {
        isOver.withLock { $0 ? nil : once(use) }
    }

    /// The program ends: waits for a reading that is under way, and reads no more.
    public func finish() { isOver.withLock { $0 = true } }

    private func once(_ use: (Settings) -> Void) -> Outcome {
        let readAt = SystemClock.monotonicNanoseconds()
        let new: Settings
        do throws(SettingsErrors) {
            new = try read()
        } catch {
            return refuse(error.errors.map(\.description))
        }
        let old = inUse.withLock { $0 }
        let known = Set(old.problems.map(\.message))
        let faults = new.problems.filter { $0.severity == .fault && !known.contains($0.message) }.map(\.description)
        let refusals = ReloadLimits(from: old, to: new).refusals(role) + faults
        if !refusals.isEmpty, !Mutation.isOn("reload-uses-what-needs-a-restart") { return refuse(refusals) }
        report.use(new.revision, readAt: readAt)
        write()
        use(new)
        inUse.withLock { $0 = new }
        metrics.count(.reloads, "outcome", "used")
        return .used(new)
    }

    private func refuse(_ errors: [String]) -> Outcome {
        let text = errors.joined(separator: "\n")
        report.refuse(text)
        write()
        metrics.count(.reloads, "outcome", "refused")
        return .refused(text)
    }

    private func write() {
        report.write(to: inUse.withLock { $0 }.database.connection(for: role).conninfo)
    }
}
