/// Jobs that are held.
public struct HoldSettings: Sendable, Hashable {
    /// An older hold raises an alert.
    public let alarm: Duration

    /// A day.
    public static let standard = HoldSettings(alarm: .seconds(86_400))

    /// Holds that raise an alert after this time.
    public init(alarm: Duration) { self.alarm = alarm }

    static func read(_ root: Section) -> HoldSettings {
        let section = root.section("holds", keys: ConfigurationKeys.holds)
        return HoldSettings(
            alarm: section?.duration("alarm", .seconds(60)...(.seconds(90 * 86_400))) ?? standard.alarm)
    }
}
