import Jobs
import LogLines
import Logging
import Settings
import Transport
import Webhooks

/// The batch processor with an action that has no effect: everything but the effect is what ships.
enum NoOpJobs {
    private struct NoOp: Action {
        let name = "noop"
        let kind = NoOpJobs.kind
        let retryPolicy = RetryPolicy()
        let needsFields = false

        func begin(_ subject: JobSubject, now: Timestamp) -> Step { .ended(.done()) }
    }

    private static let kind = ActionKind("noop", [])

    /// The rule that has made the jobs of `Fill`; it is evaluated again, on the order as it is then.
    private static let configuration = """
        database: dbname=unused
        actions:
          noop: { kind: noop }
        rules:
          - name: every-event
            when: { type: order.created, order.status: [AWAITING_SHIPMENT, AWAITING_COLLECTION] }
            do: [noop]

        """

    /// Works jobs off and prints how many, and the milliseconds it took.
    ///
    /// - Parameters:
    ///   - batch: how many jobs a claim takes at most.
    ///   - limit: how many jobs are claimed; the others stay.
    static func run(conninfo: String, batch: Int, limit: Int) throws {
        LogLines.bootstrap(level: .info)
        var options = RunOptions()
        options.duration = .milliseconds(600_000)
        options.once = true
        options.batch = batch
        options.limit = limit
        let client = try HTTPClient(HTTPClient.Configuration(userAgent: "bench", maxInFlight: options.maxHeld))
        let input = SettingsInput(
            variable: { _ in nil }, readFile: { $0 == "bench.yaml" ? .bytes(Array(configuration.utf8)) : .absent },
            fileMode: { _ in nil })
        let settings = try Settings.load(
            path: "bench.yaml", from: input, kinds: [kind], now: Timestamp(microseconds: 0))
        let report = BatchRun(
            conninfo: conninfo, actions: [NoOp()], conditions: RuleConditions(settings), client: client,
            options: options, logger: Logger(label: "hookledger.batch"), stop: StopFlag()
        ).run()
        guard report.end == .finished else { throw BenchFailure("the run ended with \(report.end)") }
        say("\(report.done) \(report.duration)")
    }
}
