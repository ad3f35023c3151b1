import ArgumentParser

/// A time on the command line: `65s`, `10min`, `1h`, `500ms`, or a plain number of seconds.
struct RunTime: ExpressibleByArgument, CustomStringConvertible {
    let milliseconds: Int64

    static let standard = RunTime(milliseconds: 65_000)
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("ms", 1), ("min", 60_000), ("s", 1000), ("h", 3_600_000), ("", 1000),
    ]

    private init(milliseconds: Int64) { self.milliseconds = milliseconds }

    init?(argument: String) {
        let digits = argument.prefix { ("0"..."9").contains($0) }
        let unit = argument.dropFirst(digits.count)
        guard let count = Int64(digits), let factor = Self.units.first(where: { $0.name == unit })?.milliseconds,
            (1...604_800_000 / factor).contains(count)
        else { return nil }
        milliseconds = count * factor
    }

    var description: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }
}
