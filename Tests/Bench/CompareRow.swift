import LocalStack
import Platform

/// Ingest by two builds of the responder in turns, each on empty tables: `BENCH_ROWS=compare BENCH_OTHER=PROGRAM`.
struct CompareRow {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        guard !stand.options.other.isEmpty else { throw BenchFailure("BENCH_OTHER names no program") }
        for name in ["other", "own"] { try stand.migratedDatabase(name) }
        let contenders = [
            try stand.startHookledger("other", title: "other build", database: "other", program: stand.options.other),
            try stand.startHookledger("own", title: "this build", database: "own"),
        ]
        let front = try Front(contenders, on: stand)
        var turns = contenders.map { Turns($0.title) }
        for round in 0...stand.options.rounds {
            let deliveries = try Deliveries(
                "compare\(round)", count: stand.options.seconds * IngestRows.mostPerSecond, in: stand)
            for (place, contender) in contenders.enumerated() {
                let load = try front.turn(contender, deliveries, stand.options.seconds)
                if round > 0 { turns[place].add(load) }
                say("  round \(round): \(Turns.line(contender.title, load))")
            }
            try Files.remove(deliveries.file)
        }
        result.add(turns: turns, title: "Two builds of the responder")
        result.add(
            "the responder's processor time, this build to the other",
            turns[1].cost(of: .server) / turns[0].cost(of: .server))
        result.add("durable ingest, this build to the other", turns[1].ratio(to: turns[0]), unit: "×")
        for contender in contenders { stand.end(contender.process) }
        front.stop()
    }
}
