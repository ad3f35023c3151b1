import ArgumentParser
import Crypto
import Ledger

/// How to replay.
struct ReplayArguments: ParsableArguments {
    static let discussion = """
        Makes the jobs of stored events again, by the current rules; the batch processor runs them. \
        Open jobs are left alone, dead letters become ready again, and an effect that has happened (a \
        message, a printed order) is repeated only with --again. With --set every event becomes a new one of the \
        origin replay, with that field of its JSON body changed, as if it were sent now.

          hookledger replay --source tiktok-shop --since 2h --state failed --dry-run
          hookledger events replay 4711 --set data.order_status=CANCEL \\
            --reason 'customer called'

        More than 1,000 jobs need a confirmation on the terminal or --yes. \
        An interrupted replay continues with --run NAME and the same filter, --set and --again; with others it is \
        refused. Exit codes: 0 done; 1 some events cannot be replayed, or do not exist; 64 wrong usage; 70 failed.
        """

    @Flag(help: "Show the counts and the jobs that would run; change nothing.")
    var dryRun = false

    @Flag(help: "Also repeat effects that have happened.")
    var again = false

    @Option(name: .customLong("set"), help: ArgumentHelp("Changes a field of the JSON body.", valueName: "path=value"))
    var assignments: [String] = []

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Option(help: "Spread the starts over this many seconds (default: a tenth of a second each).")
    var over: Int?

    @Option(help: "The name of an interrupted replay, to continue it.")
    var run: String?

    @Flag(help: "Create more than \(ReplayRunner.unconfirmed) jobs without a question.")
    var yes = false

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object a line: each event, then the counts.")
    var json = false

    func validate() throws {
        if let over, !(0...604_800).contains(over) { throw ValidationError("--over must be from 0 to 604800 seconds") }
        if let run, run.isEmpty || run.utf8.count > 200 { throw ValidationError("--run must be the name of a replay") }
        _ = try changes()
    }

    /// - Parameter ids: of the events, when they are named.
    func request(_ ids: [Int64]) throws -> ReplayRequest {
        var request = ReplayRequest(run: run ?? Hex.encode(Random.bytes(6)), actor: Actor.name)
        if ids.count == 1 { request.subject = "event:\(ids[0])" }
        request.reason = reason
        request.again = again
        request.changes = try changes()
        request.isDryRun = dryRun
        // The operator's role may redact anyway.
        request.mayReachPrivacy = true
        return request
    }

    private func changes() throws -> [FieldChange] {
        try assignments.map { text in
            guard let change = FieldChange(text) else {
                throw ValidationError("--set takes PATH=VALUE, such as data.order_status=CANCEL")
            }
            return change
        }
    }
}
