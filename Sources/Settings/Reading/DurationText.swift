/// Durations in the configuration.
public enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads `500ms`, `30s`, `10min`, `24h`, `7d` or a plain number of seconds; nil for anything else.
    public static func read(_ text: String) -> Duration? {
        let digits = text.utf8.prefix { (48...57).contains($0) }
        guard !digits.isEmpty, let count = Int64(Substring(digits)) else { return nil }
        var unit = text.dropFirst(digits.count)
        unit = unit.drop { $0 == " " }
        let perUnit = unit.isEmpty ? 1000 : units.first { $0.name == unit }?.milliseconds
        guard let perUnit else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: perUnit)
        return overflow ? nil : .milliseconds(milliseconds)
    }

    /// The shortest way to write it, such as `10min`.
    public static func write(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        for unit in units where milliseconds > 0 && milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        return "\(milliseconds)ms"
    }
}

extension Duration {
    /// This time in milliseconds, rounded down.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// This time in nanoseconds, what is finer cut off.
    public var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }

    /// This time in seconds, what is finer cut off.
    public var wholeSeconds: Int64 { components.seconds }
}
