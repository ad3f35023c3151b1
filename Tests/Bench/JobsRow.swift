import LocalStack
import Platform
import Postgres

/// Jobs that do nothing, claimed, run and completed, in turns with pgqueuer on the same cluster. One process each.
struct JobsRow {
    private let stand: Stand
    /// How many jobs a claim of pgqueuer takes: its default, and more. Enqueuing is in its processor time, not in its
    /// rate.
    private static let batches = [10, 100, 500]

    init(_ stand: Stand) { self.stand = stand }

    /// What came of one run.
    private struct Turn {
        let rate: Double
        /// Processor time of worker and Postgres for each job, in microseconds.
        let cost: Double
    }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("jobs")
        try stand.cluster.createDatabase("pgqueuer")
        _ = try pgqueuer(["install"])
        var own: [Turn] = []
        var others = Self.batches.map { _ in [Turn]() }
        for round in 0..<stand.options.rounds {
            own.append(try runOwn())
            for (place, batch) in Self.batches.enumerated() { others[place].append(try runPgqueuer(batch)) }
            let texts = zip(Self.batches, others).map { Self.text("pgqueuer, batches of \($0)", [$1[round]]) }
            say("  round \(round + 1): \(([Self.text("Hookledger", [own[round]])] + texts).joined(separator: "; "))")
        }
        let texts = zip(Self.batches, others).map { Self.text("pgqueuer, batches of \($0)", $1) }
        result.note("no-op jobs: \(([Self.text("Hookledger", own)] + texts).joined(separator: "; "))")
        for (title, place) in [("as it comes (batches of 10)", 0), ("at its best", Self.best(others))] {
            let ratio = Turns.median(zip(own, others[place]).map { $0.rate / $1.rate })
            result.add("no-op jobs a second against pgqueuer \(title)", ratio, unit: "×")
        }
    }

    private static func best(_ turns: [[Turn]]) -> Int {
        turns.indices.max { Turns.median(turns[$0].map(\.rate)) < Turns.median(turns[$1].map(\.rate)) } ?? 0
    }

    private static func text(_ title: String, _ turns: [Turn]) -> String {
        "\(title) \(Int(Turns.median(turns.map(\.rate)))) a second, \(Int(Turns.median(turns.map(\.cost)))) µs each"
    }

    private func runOwn() throws -> Turn {
        let count = stand.options.jobs
        try Fill(stand, database: "jobs").jobs(count)
        let conninfo = stand.cluster.conninfo(user: "hookledger_batch", database: "jobs")
        let (text, cost) = try run("no-op-jobs", [try Executable.current(), "no-op-jobs", conninfo])
        let figures = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard figures.count == 2 else { throw BenchFailure("no-op-jobs: \(text)") }
        let row = try stand.connect("jobs").query(
            """
            select (select count(*) from jobs), (select count(distinct job_id) from job_attempts where outcome = 'done'),
                (select count(*) from job_attempts)
            """
        ).only()
        guard figures[0] == count, try row.int(0) == 0, try row.int(1) == count, try row.int(2) == count else {
            throw BenchFailure("of \(count) jobs \(figures[0]) were done, \(try row.int(0)) are left")
        }
        return Turn(rate: Double(count) / (Double(figures[1]) / 1000), cost: cost)
    }

    private func runPgqueuer(_ batch: Int) throws -> Turn {
        let count = stand.options.jobs
        let connection = try stand.connect("pgqueuer")
        try connection.execute("truncate pgqueuer, pgqueuer_log")
        try connection.execute("checkpoint")
        let (text, cost) = try pgqueuer(["run", String(count), String(batch)])
        let figures = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard figures.count == 4, figures[0] == Double(count), figures[1] == 0, figures[2] == Double(count) else {
            throw BenchFailure("pgqueuer, of \(count) jobs done, left, logged, seconds: \(text)")
        }
        return Turn(rate: Double(count) / figures[3], cost: cost)
    }

    private func pgqueuer(_ arguments: [String]) throws -> (text: String, cost: Double) {
        let url = "postgresql:///pgqueuer?host=\(stand.cluster.layout.sockets)&user=\(PostgresCluster.superuser)"
        let script = stand.options.repository + "/Tests/Bench/Contenders/pgqueuer_jobs.py"
        return try run("pgqueuer", [stand.options.python, script, url] + arguments)
    }

    /// Runs a worker to its end; its log goes to a file. Returns what it printed and its processor time for each job.
    private func run(_ name: String, _ arguments: [String]) throws -> (text: String, cost: Double) {
        let output = "\(stand.folder)/\(name).out"
        try Files.remove(output)
        let worker = try ChildProcess.spawn(
            ChildCommand(arguments, output: .file(output), errors: .file("\(stand.folder)/\(name).log")))
        var meter = Meter([.server: worker.pid, .postgres: stand.cluster.pid ?? 0])
        while worker.wait(timeout: .milliseconds(20)) == nil { meter.look() }
        guard worker.wait() == .exited(0) else { throw BenchFailure("\(name) failed; its log is in \(stand.folder)") }
        return (try Files.readText(output), meter.spent.values.reduce(0, +) / Double(stand.options.jobs))
    }
}
