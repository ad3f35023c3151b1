import LocalStack
import Platform
import Postgres

/// Jobs that do nothing, claimed, run and completed, in turns with pgqueuer on the same cluster. One process each.
struct JobsRow {
    private let stand: Stand
    /// How many jobs a claim of pgqueuer takes: its default, and more.
    private static let batches = [10, 100, 500]

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("jobs")
        try stand.cluster.createDatabase("pgqueuer")
        _ = try pgqueuer(["install"])
        var own: [Double] = []
        var others = Self.batches.map { _ in [Double]() }
        for round in 0..<stand.options.rounds {
            own.append(try runOwn())
            for (place, batch) in Self.batches.enumerated() { others[place].append(try runPgqueuer(batch)) }
            say(
                "  round \(round + 1): Hookledger \(Int(own[round])) jobs a second, pgqueuer "
                    + zip(Self.batches, others).map { "\(Int($1[round])) (batches of \($0))" }.joined(separator: ", "))
        }
        guard let best = others.max(by: { Turns.median($0) < Turns.median($1) }) else { return }
        result.note(
            "jobs/s: Hookledger \(Int(Turns.median(own))); pgqueuer, by the size of its batches: "
                + zip(Self.batches, others).map { "\($0): \(Int(Turns.median($1)))" }.joined(separator: ", "))
        result.add(
            "no-op jobs a second against pgqueuer at its best", Turns.median(zip(own, best).map { $0 / $1 }),
            .atLeast(3.5), unit: "×")
    }

    private func runOwn() throws -> Double {
        let count = stand.options.jobs
        try Fill(stand, database: "jobs").jobs(count)
        let conninfo = stand.cluster.conninfo(user: "hookledger_batch", database: "jobs")
        let text = try run("no-op-jobs", [try Executable.current(), "no-op-jobs", conninfo])
        let figures = text.split(separator: " ").compactMap { Int($0) }
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
        return Double(count) / (Double(figures[1]) / 1000)
    }

    private func runPgqueuer(_ batch: Int) throws -> Double {
        let count = stand.options.jobs
        let connection = try stand.connect("pgqueuer")
        try connection.execute("truncate pgqueuer, pgqueuer_log")
        try connection.execute("checkpoint")
        let text = try pgqueuer(["run", String(count), String(batch)])
        let figures = text.split(separator: " ").compactMap { Double($0) }
        guard figures.count == 4, figures[0] == Double(count), figures[1] == 0, figures[2] == Double(count) else {
            throw BenchFailure("pgqueuer, of \(count) jobs done, left, logged, seconds: \(text)")
        }
        return Double(count) / figures[3]
    }

    private func pgqueuer(_ arguments: [String]) throws -> String {
        let url = "postgresql:///pgqueuer?host=\(stand.cluster.layout.sockets)&user=\(PostgresCluster.superuser)"
        let script = stand.options.repository + "/Tests/Bench/Contenders/pgqueuer_jobs.py"
        return try run("pgqueuer", [stand.options.python, script, url] + arguments)
    }

    /// Runs a worker to its end; its log goes to a file, and what it prints last is returned.
    private func run(_ name: String, _ arguments: [String]) throws -> String {
        let output = "\(stand.folder)/\(name).out"
        try Files.remove(output)
        let worker = try ChildProcess.spawn(
            ChildCommand(arguments, output: .file(output), errors: .file("\(stand.folder)/\(name).log")))
        var meter = Meter([.server: worker.pid, .postgres: stand.cluster.pid ?? 0])
        while worker.wait(timeout: .milliseconds(20)) == nil { meter.look() }
        guard worker.wait() == .exited(0) else { throw BenchFailure("\(name) failed; its log is in \(stand.folder)") }
        let cost = meter.spent.map { "\($0.key) \(Int($0.value / Double(stand.options.jobs)))" }.sorted()
        say("    \(name): µs of processor for each job: \(cost.joined(separator: ", "))")
        return try Files.readText(output)
    }
}
