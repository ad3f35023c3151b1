/// What a figure is held against: what it was at commit b6287ea, before the work on speed, and its budget.
struct Yardstick {
    /// How the row of the figure begins.
    let row: String
    /// What `docs/BENCHMARKS.md` of b6287ea said, on an idle machine of the same size; nil if it was not measured.
    let before: String?
    let budget: Budget
    /// Where the time or the memory goes, and what was tried: printed only if the budget is missed.
    let explanation: String

    enum Budget {
        case atLeast(Double)
        case atMost(Double)
        /// A time, or a share of a processor, on a machine that spends ``noOp`` on a delivery to the no-op.
        case atMostTime(Double)
        /// A rate on such a machine.
        case atLeastRate(Double)
        case none
    }

    /// The processor time of a delivery to the no-op in `docs/BENCHMARKS.md` of b6287ea, in microseconds. A machine that is
    /// slower at that is slower at everything.
    static let noOp = 47.0

    private init(_ row: String, _ before: String?, _ budget: Budget, _ explanation: String) {
        precondition(!explanation.isEmpty, "a budget that may be missed has an explanation")
        self.row = row
        self.before = before
        self.budget = budget
        self.explanation = explanation
    }

    /// Without a budget.
    private init(_ row: String, _ before: String?) {
        self.row = row
        self.before = before
        budget = .none
        explanation = ""
    }

    /// The one of a row; nil if there is none.
    static func of(_ row: String) -> Yardstick? { all.first { row.hasPrefix($0.row) } }

    /// Says by how much a figure misses the budget; nil if it keeps it.
    /// - Parameter pace: the processor time of a delivery to the no-op in this run against ``noOp``.
    func miss(_ row: String, _ value: Double, unit: String, pace: Double) -> String? {
        let (limit, isMissed, sign) =
            switch budget {
            case .atLeast(let limit): (limit, value < limit, "at least \(format(limit))\(unit)")
            case .atMost(let limit): (limit, value > limit, "at most \(format(limit))\(unit)")
            case .atMostTime(let limit):
                (limit * pace, value > limit * pace, "at most " + there(limit, limit * pace, unit))
            case .atLeastRate(let limit):
                (limit / pace, value < limit / pace, "at least " + there(limit, limit / pace, unit))
            case .none: (0, false, "")
            }
        guard isMissed else { return nil }
        let share = abs(value - limit) / limit * 100
        return "\(row): \(format(value))\(unit), the budget is \(sign) (off by \(format(share)) %). \(explanation)"
    }

    private func there(_ limit: Double, _ here: Double, _ unit: String) -> String {
        "\(format(limit))\(unit) where the no-op takes \(format(Self.noOp)) µs, \(format(here))\(unit) in this run"
    }

    private static let contender =
        "The contender's own cost differs between processors: on that of b6287ea Express took 1124 µs for a delivery and "
        + "PHP 1063 µs."
    private static let large =
        """
        The table of these bodies has the parts. Half of the turns' deliveries are changes that bring all lines again; the \
        budget is 0.45 of b6287ea's ratio to a small delivery, measured with changes of small bodies. Of what 80 lines cost \
        more than one, Postgres spends nearly two thirds on reading their 800 values into jsonb, whose only input is text, \
        the rest on putting an order's fields together, compressing and copying; the responder half on the fields of the \
        lines, a fifth on reading the body, a seventh on its two hashes, the rest on copying. Kept: lz4, orders merged \
        without a join; lines that are the same to the byte are neither compared nor merged; lines are copied from text to \
        text, their fields in the order in which jsonb has them. Without effect: merging only the fields that changed, for \
        small orders it costs more than it spares.
        """
    private static let rate =
        """
        A job's processor time is nearly the whole time that it takes: one run claims, reads the subjects, asks their \
        conditions and completes them in turn with its session, and each waits for the other, while pgqueuer's worker and \
        server spend more processor time than time passes. So the ratio of rates is below that of processor time.
        """

    private static let all = [
        Yardstick(
            "processor time of a delivery in the responder", "111 µs", .atMostTime(40),
            """
            By perf(1): accept, read, write and close with libfcgi and the kernel take 40 %, the workers' own code 35 % \
            (normalizing 12 %, the texts of the row 6 %, verifying 6 %), the committing thread 25 % (parameters of the \
            statement 9 %, answers and log lines 6 %, freeing the batch 4 %, the line's sets of keys 1 %). Kept: reading over \
            a flat tape, tables of fields, parameters in binary, log lines once a batch. Without effect: another malloc.
            """),
        Yardstick(
            "processor time of a delivery in Postgres", "131 µs", .atMostTime(70),
            "Most of it are the inserts into five tables and their indexes, and the commit, whose cost a batch shares."),
        Yardstick(
            "processor time of a delivery in nginx", "45 µs", .atMostTime(40),
            """
            Nearly half of it are system calls, a sixth is the connection to the responder. Without effect: buffered logs, \
            no log, no http2. FastCGI connections that stay open need a thread each.
            """),
        Yardstick(
            "processor time of a delivery in all", "290 µs", .atMostTime(145),
            "The lines of the parts have the details."),
        Yardstick("processor time of a delivery of 4 kB in all", "about 380 µs", .atMostTime(171), large),
        Yardstick("processor time of a delivery of 20 kB in all", "about 850 µs", .atMostTime(383), large),
        Yardstick("processor time of a delivery: the no-op", "47 µs"),
        Yardstick("processor time of a delivery: Express", "3.88×", .atLeast(7.5), contender),
        Yardstick("processor time of a delivery: PHP", "3.67×", .atLeast(7), contender),
        Yardstick("durable ingest against Express", "3.14×", .atLeast(5.5), contender),
        Yardstick("the same against PHP", "2.84×", .atLeast(5), contender),
        Yardstick(
            "the same as a share of the no-op", "0.16", .atLeast(0.3),
            "The no-op writes nothing: the difference is Postgres and what the responder does for a delivery."),
        Yardstick(
            "responder memory under load", "21.0 MB", .atMost(30),
            """
            A quarter is the responder's own. The rest are pages of files that the kernel keeps anyway and every process \
            shares: about 14 MB of the program, 6 MB of libcrypto, libc and libstdc++. Kept: no Foundation, whose tables of \
            languages were 34 MB of each program, and no libcurl.
            """),
        Yardstick(
            "p50, one at a time", nil, .atMostTime(3),
            "A delivery alone pays for a whole batch: two wake-ups, a transaction and its write to the disk."),
        Yardstick("ingest with", "0.96"),
        Yardstick("no-op jobs: processor time", "120 µs", .atMostTime(55), "Claim, subject, attempt and its log line."),
        Yardstick("no-op jobs a second against pgqueuer as it comes", "1.61×", .atLeast(3), rate),
        Yardstick("no-op jobs a second against pgqueuer at its best", "0.45×", .atLeast(0.9), rate),
        Yardstick(
            "http jobs with effects", nil, .atLeastRate(3000),
            """
            A job needs two commits, one before its request and one after. At most 32 requests to one destination are under \
            way, so a commit serves about twenty jobs. Kept: one plan a session for what each round asks, no claim while no \
            destination has room, no reading of jobs that wait for a place.
            """),
        Yardstick(
            "from 2xx to the action's first byte", "0.2 s", .atMostTime(0.1),
            "The responder wakes the run, which claims the job."),
        Yardstick(
            "from the responder's start", nil, .atMostTime(200), "Most of it is loading the program and its libraries."),
        Yardstick(
            "from the batch processor's start", nil, .atMostTime(50),
            "The request comes after the claim, whose plans and those of the effect are made first."),
        Yardstick(
            "idle stack", nil, .atMostTime(0.5),
            """
            A run of jobs starts every minute and looks for work once a second, the upkeep and the responder's canary \
            commit every five seconds. Kept: one session for the upkeep, no plan for holds that are not there.
            """),
    ]
}
