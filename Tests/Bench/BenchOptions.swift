import Platform

/// How much is measured, by environment variables. `QUICK=1` shows that everything still runs: a round of two
/// seconds for every contender after one that warms up, small tables; its figures say little.
struct BenchOptions {
    /// `BENCH_ROWS`: which parts to run, of `ingest`, `sizes`, `loads`, `grown`, `jobs`, `latency` and `start`, all by
    /// default (in a quick run without `sizes` and `grown`), and of `compare`.
    let rows: [String]
    /// `BENCH_OTHER`: the responder of another build, for `compare`.
    let other: String
    /// `BENCH_OTHER_SQL`: the folder with the schema of the other build; that of the repository without it.
    let otherSQL: String
    /// `BENCH_LINES`: the lines of an order in `compare`: 15 make bodies of 4 kB, 80 of 20 kB.
    let lines: Int
    /// `BENCH_ROUNDS`: how often every contender has its turn.
    let rounds: Int
    /// The rounds of large bodies and of other loads, and how long their turns are.
    var fewRounds: Int { min(3, rounds) }
    let fewSeconds: Int
    /// `BENCH_SECONDS`: how long a turn is.
    let seconds: Int
    /// `BENCH_CLIENTS`: connections of the load client.
    let clients: Int
    /// `BENCH_EVENTS`: how many events the grown database has.
    let events: Int
    /// `BENCH_JOBS`: how many jobs a turn of the job queues has.
    let jobs: Int
    /// How many jobs are due beside those of a turn, where many are.
    var waitingJobs: Int { 5 * jobs }
    /// How long single deliveries are sent, and how long the idle stack is watched: longer than a minute, so that one run
    /// of jobs takes over from another meanwhile.
    let latencySeconds: Int
    /// How often responder and batch processor are started.
    let starts: Int
    /// `BENCH_RECORD`: the folder that gets `BENCHMARKS.md` and `benchmarks.svg`; empty for none.
    let record: String
    /// `BENCH_CHECK`: the file with the recorded result that this one is compared with; empty for none.
    let check: String
    /// `BENCH_NODE_PATH`: where express and pg are.
    let nodePath: String
    /// `BENCH_PYTHON`: a Python that has pgqueuer.
    let python: String
    /// `BENCH_REPOSITORY`: the root of the repository.
    let repository: String
    /// `BENCH_KEEP`: keeps the folder with logs and data.
    let keeps: Bool

    init() {
        func number(_ name: String, _ standard: Int) -> Int {
            Environment.value(of: name).flatMap { Int($0) } ?? standard
        }
        func text(_ name: String, _ standard: String) -> String {
            Environment.value(of: name).flatMap { $0.isEmpty ? nil : $0 } ?? standard
        }
        let isQuick = text("BENCH_QUICK", "") != ""
        let standard = isQuick ? "ingest loads jobs latency start" : "ingest sizes loads grown jobs latency start"
        rows = text("BENCH_ROWS", standard).split(separator: " ").map(String.init)
        other = text("BENCH_OTHER", "")
        otherSQL = text("BENCH_OTHER_SQL", "")
        lines = number("BENCH_LINES", 1)
        rounds = number("BENCH_ROUNDS", isQuick ? 1 : 4)
        seconds = number("BENCH_SECONDS", isQuick ? 2 : 5)
        fewSeconds = isQuick ? 1 : seconds
        clients = number("BENCH_CLIENTS", 64)
        events = number("BENCH_EVENTS", isQuick ? 20_000 : 1_000_000)
        jobs = number("BENCH_JOBS", isQuick ? 2_000 : 20_000)
        latencySeconds = isQuick ? 3 : 75
        starts = isQuick ? 3 : 15
        record = text("BENCH_RECORD", "")
        check = text("BENCH_CHECK", "")
        nodePath = text("BENCH_NODE_PATH", "/usr/share/nodejs:/usr/lib/nodejs")
        python = text("BENCH_PYTHON", ".build/bench/venv/bin/python")
        repository = text("BENCH_REPOSITORY", ".")
        keeps = text("BENCH_KEEP", "") == "1"
    }
}
