/// How often each kind of fault was planted, and how long it took until deliveries were stored again.
public struct Recoveries: Sendable {
    private var kinds: [String: Figures] = [:]

    private struct Figures {
        var times = 0
        var missed = 0
        /// In seconds.
        var recoveries: [Double] = []
        var unrecovered = 0
    }

    /// None yet.
    public init() {}

    /// - Parameters:
    ///   - recovery: the seconds until a delivery was stored that was sent after the fault; nil if none was in time.
    ///   - hit: whether there was something to hit.
    public mutating func note(_ kind: String, recovery: Double?, hit: Bool) {
        guard hit else {
            kinds[kind, default: Figures()].missed += 1
            return
        }
        kinds[kind, default: Figures()].times += 1
        if let recovery {
            kinds[kind, default: Figures()].recoveries.append(recovery)
        } else {
            kinds[kind, default: Figures()].unrecovered += 1
        }
    }

    /// How many faults hit something.
    public var count: Int { kinds.values.reduce(0) { $0 + $1.times } }
    /// How many had no recovery in time.
    public var unrecovered: Int { kinds.values.reduce(0) { $0 + $1.unrecovered } }
    /// The longest recovery in seconds.
    public var longest: Double { kinds.values.flatMap(\.recoveries).max() ?? 0 }

    /// A table for a page, sorted by kind.
    ///
    /// - Parameter name: the title of the first column.
    public func table(of name: String) -> String {
        let rows = kinds.keys.sorted().compactMap { kind -> String? in
            guard let figures = kinds[kind] else { return nil }
            let times = figures.recoveries.sorted()
            let middle = times.isEmpty ? "" : Self.seconds(times[times.count / 2])
            return "| \(kind) | \(figures.times) | \(middle) | \(times.last.map(Self.seconds) ?? "") |"
        }
        return """
            | \(name) | times | recovery p50 | max |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private static func seconds(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
