/// What a contender did in its turns.
struct Turns {
    let title: String
    private(set) var loads: [Load] = []

    init(_ title: String) { self.title = title }

    mutating func add(_ load: Load) { loads.append(load) }

    /// The most memory of all turns in MB.
    var resident: Double { loads.map(\.resident).max() ?? 0 }
    var anonymous: Double { loads.map(\.anonymous).max() ?? 0 }

    /// How many times the rate of the other one: the median over the rounds, each compared with itself.
    func ratio(to other: Turns) -> Double {
        Turns.median(zip(loads, other.loads).map { $0.rate / $1.rate })
    }

    /// How many times the processor time of the other one: the median over the rounds, each compared with itself.
    func cost(to other: Turns) -> Double {
        Turns.median(zip(loads, other.loads).map { $0.served / $1.served })
    }

    /// Answers a second.
    var rate: Double { Turns.median(loads.map(\.rate)) }

    /// What a delivery costs without the client: processor time in microseconds.
    var cost: Double {
        Turns.median(loads.map(\.served))
    }

    /// What a delivery costs one part.
    func cost(of part: Meter.Part) -> Double { Turns.median(loads.map { $0.cost[part] ?? 0 }) }

    /// The middle one, or the mean of the two in the middle; 0 of none.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// A line for whoever watches.
    static func line(_ title: String, _ load: Load) -> String {
        "\(title): \(Int(load.rate)) a second, p50 \(format(load.median)) ms, p99 \(format(load.p99)) ms, "
            + "µs of processor " + Meter.Part.allCases.map { "\($0) \(Int(load.cost[$0] ?? 0))" }.joined(separator: " ")
            + ", \(format(load.resident)) MB (own \(format(load.anonymous)))"
    }

    static let headings = [
        "contender", "deliveries/s", "lowest–highest", "p50 ms", "p99 ms",
        "CPU µs each: server", "Postgres", "nginx", "client", "memory MB",
    ]

    /// A row of the table.
    var cells: [String] {
        let rates = loads.map(\.rate)
        func cost(_ part: Meter.Part) -> String { String(Int(self.cost(of: part))) }
        return [
            title, String(Int(Turns.median(rates))), "\(Int(rates.min() ?? 0))–\(Int(rates.max() ?? 0))",
            format(Turns.median(loads.map(\.median))), format(Turns.median(loads.map(\.p99))),
            cost(.server), cost(.postgres), cost(.nginx), cost(.client), format(resident),
        ]
    }
}

extension Load {
    /// The processor time of an answer without the client, in microseconds.
    fileprivate var served: Double { [.server, .postgres, .nginx].reduce(0) { $0 + (cost[$1] ?? 0) } }
}

/// Two figures behind the point below ten, one below a hundred, none above.
func format(_ value: Double) -> String {
    let places: Double = value < 10 ? 100 : value < 100 ? 10 : 1
    let rounded = (value * places).rounded() / places
    return places == 1 ? String(Int(rounded)) : "\(rounded)"
}
