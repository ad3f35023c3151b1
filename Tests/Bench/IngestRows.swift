import Platform

/// Durable ingest: the contenders in turn, round after round, each on empty tables, with a check of its books.
struct IngestRows {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    /// The fastest contender may answer so many a second.
    static let mostPerSecond = 16_000

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("ledger")
        let hookledger = try stand.startHookledger("ledger", title: "Hookledger", database: "ledger")
        let contenders = [hookledger, try stand.startExpress(), try stand.startPHP(), try stand.startNoOp()]
        let front = try Front(contenders, on: stand)
        var turns = contenders.map { Turns($0.title) }
        for round in 0...stand.options.rounds {
            // The first one only warms up: compilers, caches, plans.
            let isWarmUp = round == 0
            let seconds = isWarmUp ? min(stand.options.seconds, 3) : stand.options.seconds
            let deliveries = try Deliveries(
                "round\(round)", count: seconds * Self.mostPerSecond, in: stand)
            for (place, contender) in contenders.enumerated() {
                let load = try Self.turn(contender, deliveries, front, seconds)
                if !isWarmUp { turns[place].add(load) }
                say("  round \(round): \(Turns.line(contender.title, load))")
            }
            try Files.remove(deliveries.file)
        }
        for contender in contenders.dropLast() { try checkRefusals(contender, front) }
        result.add(turns: turns)
        let (own, express, php, ceiling) = (turns[0], turns[1], turns[2], turns[3])
        result.add("durable ingest against Express + pg", own.ratio(to: express), unit: "×")
        result.add("the same against PHP-FPM + PDO (persistent)", own.ratio(to: php), unit: "×")
        result.add("the same as a share of the no-op FastCGI ceiling", own.ratio(to: ceiling))
        result.add(
            "responder memory under load, resident (\(format(own.anonymous)) MB of it its own)", own.resident,
            unit: " MB")
        result.note(
            "processor time of a delivery (server, Postgres, nginx): Hookledger \(format(own.cost)) µs; Express "
                + "\(format(express.cost / own.cost))×, PHP \(format(php.cost / own.cost))×, the no-op "
                + "\(format(ceiling.cost / own.cost))× of that")
        for contender in contenders { stand.end(contender.process) }
        front.stop()
    }

    /// One turn, and its check: what was answered 2xx is stored, once, and nothing else is.
    static func turn(
        _ contender: Contender, _ deliveries: Deliveries, _ front: Front, _ seconds: Int
    ) throws -> Load {
        let stand = front.stand
        try contender.empty(stand)
        try front.clearLog(contender)
        let load = try Load(
            deliveries, to: contender, through: front, on: stand, seconds: seconds, repeats: contender.database == nil)
        guard load.failures == 0 else { throw BenchFailure("\(contender.title): \(load.failures) requests failed") }
        if contender.database != nil { try front.checkBooks(contender) }
        return load
    }

    /// A repetition is answered 2xx and stored once; a forgery is not answered 2xx and not stored.
    private func checkRefusals(_ contender: Contender, _ front: Front) throws {
        try contender.empty(stand)
        let few = try Deliveries("again", count: 100, in: stand)
        let again = try Load(few, to: contender, through: front, on: stand, seconds: 1, repeats: true)
        let forged = try Deliveries("forged", count: 1, in: stand, isForged: true)
        let refused = try Load(forged, to: contender, through: front, on: stand, seconds: 1, repeats: true)
        let stored = try contender.stored(stand)
        guard again.failures == 0, refused.failures == refused.requests, stored == few.count else {
            throw BenchFailure(
                "\(contender.title): \(stored) stored of \(few.count) that came \(again.requests) times "
                    + "(\(again.failures) failed); of \(refused.requests) forgeries \(refused.failures) were refused")
        }
    }
}

extension Front {
    /// Waits until what was under way when the client ended is over.
    ///
    /// - Returns: how many deliveries are stored.
    /// - Throws: ``BenchFailure`` unless as many were answered 2xx.
    @discardableResult
    func checkBooks(_ contender: Contender, before: Int = 0) throws -> Int {
        var counts = (stored: -1, answered: 0)
        for _ in 0..<50 where counts.stored != counts.answered {
            SystemClock.sleep(milliseconds: 100)
            counts = (try contender.stored(stand) - before, try answered(contender))
        }
        guard counts.stored == counts.answered else {
            throw BenchFailure("\(contender.title): \(counts.answered) answered 2xx, \(counts.stored) stored")
        }
        return counts.stored
    }
}
