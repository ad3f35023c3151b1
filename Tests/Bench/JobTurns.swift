/// The result of one run of a job queue.
struct JobTurn {
    /// Jobs a second.
    let rate: Double
    /// Processor time of worker and Postgres for each job, in microseconds.
    let cost: Double
}

/// The runs of one job queue.
struct JobTurns {
    let title: String
    private(set) var turns: [JobTurn] = []

    init(_ title: String) { self.title = title }

    mutating func add(_ turn: JobTurn) { turns.append(turn) }

    var rate: Double { Turns.median(turns.map(\.rate)) }
    var cost: Double { Turns.median(turns.map(\.cost)) }

    /// How many times the rate of the other one: the median over the rounds, each compared with itself.
    func ratio(to other: JobTurns) -> Double { Turns.median(zip(turns, other.turns).map { $0.rate / $1.rate }) }

    var text: String { "\(title) \(Int(rate)) a second, \(Int(cost)) µs each" }

    /// The last run, for whoever watches.
    var lastText: String {
        var last = JobTurns(title)
        if let turn = turns.last { last.add(turn) }
        return last.text
    }

    static let headings = ["job queue", "jobs/s", "lowest–highest", "CPU µs each: worker and Postgres"]

    /// A row of the table.
    var cells: [String] {
        let rates = turns.map(\.rate)
        return [
            title, String(Int(rate)), "\(Int(rates.min() ?? 0))–\(Int(rates.max() ?? 0))", String(Int(cost)),
        ]
    }
}
