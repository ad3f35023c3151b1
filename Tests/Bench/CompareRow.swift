import LocalStack
import Platform

/// Ingest by two builds of the responder in turns with the no-op, each on empty tables: `BENCH_ROWS=compare
/// BENCH_OTHER=PROGRAM`, with `BENCH_OTHER_SQL` if the other one has another schema, and `BENCH_LINES` for large bodies.
struct CompareRow {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        guard !stand.options.other.isEmpty else { throw BenchFailure("BENCH_OTHER names no program") }
        try stand.migrate("other", folder: stand.options.otherSQL)
        try stand.migratedDatabase("own")
        let contenders = [
            try stand.startHookledger("other", title: "other build", database: "other", program: stand.options.other),
            try stand.startHookledger("own", title: "this build", database: "own"), try stand.startNoOp(),
        ]
        let front = try Front(contenders, on: stand)
        var turns = contenders.map { Turns($0.title) }
        for round in 0...stand.options.rounds {
            var shape = Deliveries.Shape()
            shape.lines = stand.options.lines
            let deliveries = try Deliveries(
                "compare\(round)", count: stand.options.seconds * IngestRows.most(lines: shape.lines), in: stand,
                shape: shape)
            for (place, contender) in contenders.enumerated() {
                let load = try front.turn(contender, deliveries, stand.options.seconds)
                if round > 0 { turns[place].add(load) }
                say("  round \(round): \(Turns.line(contender.title, load))")
            }
            try Files.remove(deliveries.file)
        }
        result.add(turns: turns, title: "Two builds of the responder")
        for (title, part) in [("the responder", Meter.Part.server), ("Postgres", .postgres), ("nginx", .nginx)] {
            result.add(
                "processor time in \(title), this build to the other", turns[1].cost(of: part) / turns[0].cost(of: part)
            )
        }
        result.add("processor time in all, this build to the other", turns[1].cost(to: turns[0]))
        result.add("durable ingest, this build to the other", turns[1].ratio(to: turns[0]), unit: "×")
        for contender in contenders { stand.end(contender.process) }
        front.stop()
    }
}
