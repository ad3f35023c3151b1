/// Jobs that are held.
public struct HoldSettings: Sendable, Hashable {
    /// An older hold raises an alert.
    public let alarm: Duration

    /// A day.
    public static let standard = HoldSettings(alarm: HoldKeys.alarm.standard)

    /// Holds that raise an alert after this time.
    public init(alarm: Duration) { self.alarm = alarm }

    static func read(_ root: Section) -> HoldSettings {
        let section = root.section("holds", keys: HoldKeys.section.names)
        return HoldSettings(alarm: HoldKeys.alarm.value(in: section))
    }
}
