import LocalStack
import Platform
import Postgres

/// Jobs, claimed, run and completed, in turns with pgqueuer on the same cluster. One process each.
struct JobsRow {
    private let stand: Stand
    /// How many jobs a claim of pgqueuer takes: its default, and more. Enqueuing is in its processor time, not in its
    /// rate.
    private static let batches = [10, 100, 500]

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        let own = try OwnJobs(stand, most: stand.options.jobs + stand.options.waitingJobs)
        defer { own.stop() }
        try stand.cluster.createDatabase("pgqueuer")
        _ = try pgqueuer(["install"])
        var others = Self.batches.map { JobTurns("pgqueuer, batches of \($0)") }
        var noOp = JobTurns("Hookledger")
        var small = JobTurns("Hookledger, claims of 128")
        var waiting = JobTurns("Hookledger, \(stand.options.waitingJobs) more jobs due")
        var http = JobTurns("Hookledger, http jobs with effects")
        for round in 0..<stand.options.rounds {
            noOp.add(try own.noOp(batch: 500))
            for (place, batch) in Self.batches.enumerated() { others[place].add(try runPgqueuer(batch)) }
            small.add(try own.noOp(batch: 128))
            waiting.add(try own.noOp(batch: 500, waiting: stand.options.waitingJobs))
            http.add(try own.http())
            let texts = ([noOp, small, waiting, http] + others).map(\.lastText)
            say("  round \(round + 1): \(texts.joined(separator: "; "))")
        }
        result.note("no-op jobs: \(([noOp] + others).map(\.text).joined(separator: "; "))")
        let all = [noOp, small, waiting, http] + others
        result.add(table: [JobTurns.headings] + all.map(\.cells), title: "Jobs")
        let best = others.max { $0.rate < $1.rate } ?? noOp
        result.add("no-op jobs: processor time of each", noOp.cost, unit: " µs")
        result.add(
            "no-op jobs a second against pgqueuer as it comes (batches of 10)", noOp.ratio(to: others[0]), unit: "×")
        result.add("no-op jobs a second against pgqueuer at its best", noOp.ratio(to: best), unit: "×")
        result.add("rate against claims of 500: claims of 128", small.ratio(to: noOp), unit: "×")
        let title = "rate against an empty queue: \(stand.options.waitingJobs) more jobs due"
        result.add(title, waiting.ratio(to: noOp), unit: "×")
        result.add("rate against no-op jobs: http jobs with effects", http.ratio(to: noOp), unit: "×")
        result.add("http jobs with effects", http.rate, unit: " a second")
    }

    private func runPgqueuer(_ batch: Int) throws -> JobTurn {
        let count = stand.options.jobs
        let connection = try stand.connect("pgqueuer")
        try connection.execute("truncate pgqueuer, pgqueuer_log")
        try connection.execute("checkpoint")
        let run = try pgqueuer(["run", String(count), String(batch)])
        let figures = run.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard figures.count == 4, figures[0] == Double(count), figures[1] == 0, figures[2] == Double(count) else {
            throw BenchFailure("pgqueuer, of \(count) jobs done, left, logged, seconds: \(run.output)")
        }
        return JobTurn(rate: Double(count) / figures[3], cost: run.spent / Double(count))
    }

    private func pgqueuer(_ arguments: [String]) throws -> (output: String, seconds: Double, spent: Double) {
        let url = "postgresql:///pgqueuer?host=\(stand.cluster.layout.sockets)&user=\(PostgresCluster.superuser)"
        let script = stand.options.repository + "/Tests/Bench/Contenders/pgqueuer_jobs.py"
        return try stand.work("pgqueuer", [stand.options.python, script, url] + arguments)
    }
}
