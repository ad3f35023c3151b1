import Platform

/// Durable ingest: the contenders in turn, round after round, each on empty tables, with a check of its books.
struct IngestRows {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    /// The most small deliveries that the fastest contender may answer in a second.
    static let mostPerSecond = 16_000

    /// The same for orders of that many lines: 15 make bodies of 4 kB, 80 of 20 kB.
    static func most(lines: Int) -> Int { lines < 15 ? mostPerSecond : lines < 80 ? 10_000 : 5_000 }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("ledger")
        let hookledger = try stand.startHookledger("ledger", title: "Hookledger", database: "ledger")
        let contenders = [
            hookledger, try stand.startExpress(), try stand.startPHP(), try stand.startFastAPI(),
            try stand.startNoOp(),
        ]
        let front = try Front(contenders, on: stand)
        if stand.options.rows.contains("ingest") { try smallBodies(contenders, front, &result) }
        if stand.options.rows.contains("sizes") {
            try largeBodies("4 kB", lines: 15, contenders, front, &result)
            try largeBodies("20 kB", lines: 80, contenders, front, &result)
        }
        for contender in contenders { stand.end(contender.process) }
        front.stop()
    }

    private func smallBodies(_ contenders: [Contender], _ front: Front, _ result: inout BenchResult) throws {
        let turns = try rounds(
            contenders, front, stand.options.rounds, stand.options.seconds, Deliveries.Shape())
        for contender in contenders.dropLast() { try checkRefusals(contender, front) }
        result.add(turns: turns, title: "Bodies of 0.7 and 0.2 kB, \(stand.options.clients) connections")
        let (own, express, php, fast, ceiling) = (turns[0], turns[1], turns[2], turns[3], turns[4])
        result.noOp = ceiling.cost
        for (title, part) in [("the responder", Meter.Part.server), ("Postgres", .postgres), ("nginx", .nginx)] {
            result.add("processor time of a delivery in \(title)", own.cost(of: part), unit: " µs")
        }
        result.add("processor time of a delivery in all", own.cost, unit: " µs")
        result.add("processor time of a delivery: the no-op", ceiling.cost, unit: " µs")
        for (title, other) in [("Express + pg", express), ("PHP-FPM + PDO", php), ("FastAPI + asyncpg", fast)] {
            result.add("processor time of a delivery: \(title)", other.cost(to: own), unit: "×")
        }
        result.add("durable ingest against Express + pg", own.ratio(to: express), unit: "×")
        result.add("the same against PHP-FPM + PDO (persistent)", own.ratio(to: php), unit: "×")
        result.add("the same against FastAPI + asyncpg", own.ratio(to: fast), unit: "×")
        result.add("the same as a share of the no-op FastCGI ceiling", own.ratio(to: ceiling))
        result.add(
            "responder memory under load, resident (\(format(own.anonymous)) MB of it its own)", own.resident,
            unit: " MB")
        result.note(
            "processor time of a delivery (server, Postgres, nginx): Hookledger \(format(own.cost)) µs; Express "
                + "\(format(express.cost / own.cost))×, PHP \(format(php.cost / own.cost))×, the no-op "
                + "\(format(ceiling.cost / own.cost))× of that")
        result.charts = [
            Chart("Deliveries stored a second", turns.dropLast().map { ($0.title, $0.rate) }),
            Chart("Processor time of a delivery in µs", turns.dropLast().map { ($0.title, $0.cost) }),
        ]
    }

    private func largeBodies(
        _ size: String, lines: Int, _ contenders: [Contender], _ front: Front, _ result: inout BenchResult
    ) throws {
        var shape = Deliveries.Shape()
        shape.lines = lines
        let turns = try rounds(
            contenders, front, stand.options.fewRounds, stand.options.fewSeconds, shape)
        result.add(turns: turns, title: "Bodies of \(size)")
        result.add("processor time of a delivery of \(size) in all", turns[0].cost, unit: " µs")
        for (title, place) in [("Express + pg", 1), ("PHP-FPM + PDO", 2), ("FastAPI + asyncpg", 3)] {
            result.add("processor time of a delivery of \(size): \(title)", turns[place].cost(to: turns[0]), unit: "×")
        }
    }

    /// Turns of all contenders, round after round.
    private func rounds(
        _ contenders: [Contender], _ front: Front, _ rounds: Int, _ duration: Int, _ shape: Deliveries.Shape
    ) throws -> [Turns] {
        var turns = contenders.map { Turns($0.title) }
        for round in 0...rounds {
            // The first one only warms up: compilers, caches, plans.
            let isWarmUp = round == 0
            let seconds = isWarmUp ? min(duration, 3) : duration
            let deliveries = try Deliveries(
                "round\(round)x\(shape.lines)", count: seconds * Self.most(lines: shape.lines), in: stand, shape: shape)
            for (place, contender) in contenders.enumerated() {
                let load = try front.turn(contender, deliveries, seconds)
                if !isWarmUp { turns[place].add(load) }
                say("  round \(round): \(Turns.line(contender.title, load))")
            }
            try Files.remove(deliveries.file)
        }
        return turns
    }

    /// A repetition is answered 2xx and stored once; a forgery is not answered 2xx and not stored.
    private func checkRefusals(_ contender: Contender, _ front: Front) throws {
        try contender.empty(stand)
        // So few that the slowest contender on a busy machine takes each one several times in a second.
        let few = try Deliveries("again", count: 10, in: stand)
        let again = try Load(few, to: contender, through: front, on: stand, seconds: 1, until: .again)
        let forged = try Deliveries("forged", count: 1, in: stand, isForged: true)
        let refused = try Load(forged, to: contender, through: front, on: stand, seconds: 1, until: .again)
        let stored = try contender.stored(stand)
        guard again.failures == 0, refused.failures == refused.requests, stored == few.count else {
            throw BenchFailure(
                "\(contender.title): \(stored) stored of \(few.count) that came \(again.requests) times "
                    + "(\(again.failures) failed); of \(refused.requests) forgeries \(refused.failures) were refused")
        }
    }
}

extension Front {
    /// One turn, and its check: what was answered 2xx is stored, once, and nothing else is.
    ///
    /// - Throws: ``BenchFailure`` if a delivery was not answered 2xx, or the books do not agree.
    func turn(
        _ contender: Contender, _ deliveries: Deliveries, _ seconds: Int, until end: Load.End = .time,
        connections: Int? = nil, pause: Int = 0
    ) throws -> Load {
        try contender.empty(stand)
        try clearLog(contender)
        let stores = contender.database != nil
        let load = try Load(
            deliveries, to: contender, through: self, on: stand, seconds: seconds, until: stores ? end : .again,
            connections: connections, pause: pause)
        guard load.failures == 0 else { throw BenchFailure("\(contender.title): \(load.failures) requests failed") }
        if stores {
            // wrk asks for a request more on each connection before it stops with the last one.
            let more = end == .once ? connections ?? stand.options.clients : 0
            try checkBooks(contender) { deliveries.repeated(of: $0, slack: more) }
        }
        return load
    }

    /// Waits until what was under way when the client ended is over.
    ///
    /// - Parameters:
    ///   - before: how many were stored before the turn.
    ///   - repeated: the number of answered deliveries → how many of them were sent before and are not stored again.
    /// - Throws: ``BenchFailure`` unless as many are stored as were answered 2xx.
    func checkBooks(
        _ contender: Contender, before: Int = 0, repeated: (Int) -> ClosedRange<Int> = { _ in 0...0 }
    ) throws {
        var counts = (stored: -1, answered: 0)
        func agree() -> Bool {
            counts.stored >= 0 && repeated(counts.answered).contains(counts.answered - counts.stored)
        }
        for _ in 0..<50 where !agree() {
            SystemClock.sleep(milliseconds: 100)
            counts = (try contender.stored(stand) - before, try answered(contender))
        }
        guard agree() else {
            throw BenchFailure("\(contender.title): \(counts.answered) answered 2xx, \(counts.stored) stored")
        }
    }
}
