/// Changes in the shape of bodies.
public struct DriftSettings: Sendable, Hashable {
    /// Whether each change raises an alert.
    public let alarm: Bool

    static func read(_ root: Section) -> DriftSettings {
        DriftSettings(alarm: DriftKeys.alarm.value(in: root.section("drift", keys: DriftKeys.section.names)))
    }
}
