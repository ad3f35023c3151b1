import LocalStack
import Platform
import Postgres

/// Ingest into a database that has many events, in turns with an empty one.
struct GrownRow {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("empty")
        try stand.migratedDatabase("grown")
        let events = stand.options.events
        say("  filling a database with \(events) events")
        try Fill(stand, database: "grown").events(events)
        let grown = try stand.startHookledger("grown", title: "\(events) events stored", database: "grown")
        let empty = try stand.startHookledger("empty", title: "empty database", database: "empty")
        let front = try Front([grown, empty], on: stand)
        var (old, new) = (Turns(grown.title), Turns(empty.title))
        for round in 0...stand.options.rounds {
            let deliveries = try Deliveries(
                "grown\(round)", count: stand.options.seconds * IngestRows.mostPerSecond, in: stand)
            try stand.connect("grown").execute("checkpoint")
            let before = try count("grown")
            try front.clearLog(grown)
            let first = try Load(
                deliveries, to: grown, through: front, on: stand, seconds: stand.options.seconds)
            try empty.empty(stand)
            try front.clearLog(empty)
            let second = try Load(
                deliveries, to: empty, through: front, on: stand, seconds: stand.options.seconds)
            for (contender, load) in [(grown, first), (empty, second)] {
                say("  round \(round): \(Turns.line(contender.title, load))")
                guard load.failures == 0 else { throw BenchFailure("\(load.failures) requests failed") }
            }
            try front.checkBooks(empty)
            let (stored, answered) = (try count("grown") - before, try front.answered(grown))
            guard stored == answered else { throw BenchFailure("\(answered) answered 2xx, \(stored) stored") }
            if round > 0 {
                old.add(first)
                new.add(second)
            }
            try Files.remove(deliveries.file)
        }
        result.add(turns: [old, new], title: "With many events stored")
        result.add("ingest with \(events) events stored, against an empty database", old.ratio(to: new))
        for contender in [grown, empty] { stand.end(contender.process) }
        front.stop()
        try stand.cluster.dropDatabase("grown")
    }

    private func count(_ database: String) throws -> Int {
        let row = try stand.connect(database).query(
            "select (select count(*) from receipts), (select count(*) from events)"
        ).only()
        guard try row.int(0) == row.int(1) else { throw BenchFailure("not as many receipts as events") }
        return try row.int(0)
    }
}
