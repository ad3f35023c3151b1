import Ledger
import LocalStack
import Platform
import Postgres

/// The batch processor at jobs of which each has an event and an order of its own.
struct OwnJobs {
    private let stand: Stand
    private let fill: Fill
    private let destination: JobDestination
    private static let database = "jobs"

    /// Makes the events, and a destination for the jobs with effects.
    ///
    /// - Parameter most: how many jobs a turn has at most.
    init(_ stand: Stand, most: Int) throws {
        self.stand = stand
        try stand.migratedDatabase(Self.database)
        fill = Fill(stand, database: Self.database)
        try fill.events(2 * most)
        destination = try JobDestination(stand)
        try GenerationFile("\(stand.folder)/jobs/generation").write(0)
        try Files.write(configuration, text: Self.configuration(conninfo: conninfo, url: destination.url))
    }

    /// A configuration whose jobs are of kind http.
    static func configuration(conninfo: String, url: String) -> String {
        """
        environment: production
        database: { conninfo: "\(conninfo)", roles: { batch: "\(conninfo)" } }
        address_guard: { allow_private_hosts: [127.0.0.1] }
        actions:
          erp: { kind: http, url: "\(url)" }
        rules:
          - name: every-event
            do: [erp]

        """
    }

    private var conninfo: String { stand.cluster.conninfo(user: "hookledger_batch", database: Self.database) }
    private var configuration: String { "\(stand.folder)/jobs/hookledger.yaml" }

    /// A turn of jobs without an effect.
    ///
    /// - Parameters:
    ///   - batch: how many jobs a claim takes at most.
    ///   - waiting: how many jobs are due beside those of the turn.
    func noOp(batch: Int, waiting: Int = 0) throws -> JobTurn {
        let count = stand.options.jobs
        try fill.jobs(count + waiting, action: "noop", kind: "noop")
        let run = try stand.work(
            "no-op-jobs", [try Executable.current(), "no-op-jobs", conninfo, String(batch), String(count)])
        let figures = run.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard figures.count == 2, figures[0] == Double(count) else { throw BenchFailure("no-op-jobs: \(run.output)") }
        try checkBooks(done: count, left: waiting, effects: 0)
        return JobTurn(rate: Double(count) / (figures[1] / 1000), cost: run.spent / Double(count))
    }

    /// A turn of jobs with an effect: the shipped program posts to the destination. Its start and its end are in the
    /// time.
    func http() throws -> JobTurn {
        let count = stand.options.jobs
        try fill.jobs(count, action: "erp", kind: "http")
        try destination.clear()
        let program = try Executable.folder() + "/hookledger-batch"
        let run = try stand.work("http-jobs", [program, "--config", configuration, "--for", "10min", "--once"])
        try checkBooks(done: count, left: 0, effects: count)
        let arrived = try destination.arrived()
        guard arrived == count else { throw BenchFailure("\(count) jobs made \(arrived) requests") }
        return JobTurn(rate: Double(count) / run.seconds, cost: run.spent / Double(count))
    }

    func stop() { destination.stop() }

    /// Each job of the turn was done once.
    private func checkBooks(done: Int, left: Int, effects: Int) throws {
        let row = try stand.connect(Self.database).query(
            """
            select (select count(*) from jobs), (select count(distinct job_id) from job_attempts where outcome = 'done'),
                (select count(*) from job_attempts), (select count(*) from effects where state = 'done')
            """
        ).only()
        let figures = [try row.int(0), try row.int(1), try row.int(2), try row.int(3)]
        guard figures == [left, done, done, effects] else {
            throw BenchFailure("jobs left, done, attempts, effects: \(figures), not \([left, done, done, effects])")
        }
    }
}

extension Stand {
    /// Runs a worker to its end; its log goes to a file.
    ///
    /// - Returns: what it printed, its time in seconds, and the processor time of it and Postgres in microseconds.
    func work(_ name: String, _ arguments: [String]) throws -> (output: String, seconds: Double, spent: Double) {
        let output = "\(folder)/\(name).out"
        try Files.remove(output)
        let start = SystemClock.monotonicNanoseconds()
        let worker = try ChildProcess.spawn(
            ChildCommand(arguments, output: .file(output), errors: .file("\(folder)/\(name).log")))
        var meter = Meter([.server: worker.pid, .postgres: cluster.pid ?? 0])
        while worker.wait(timeout: .milliseconds(20)) == nil { meter.look() }
        let seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1_000_000_000
        guard worker.wait() == .exited(0) else {
            throw BenchFailure("\(name) failed; with BENCH_KEEP=1 its log stays: \(folder)/\(name).log")
        }
        return (try Files.readText(output), seconds, meter.spent.values.reduce(0, +))
    }
}
