import Jobs
import LogLines
import Logging
import Outbound
import Settings
import Webhooks

/// The batch processor with an action that has no effect: everything but the effect is what ships.
enum NoOpJobs {
    private struct NoOp: Action {
        let name = "noop"
        let kind = ActionKind("noop", [])
        let retryPolicy = RetryPolicy()

        func begin(_ subject: JobSubject, now: Timestamp) -> Step { .ended(.done()) }
    }

    private struct NoObjection: ConditionCheck {
        func objection(to subject: JobSubject) -> String? { nil }
    }

    /// Works all jobs off and prints how many, and the milliseconds it took.
    static func run(conninfo: String) throws {
        LogLines.bootstrap(level: .info)
        var options = RunOptions()
        options.duration = 600_000
        options.once = true
        let client = try HTTPClient(HTTPClient.Configuration(userAgent: "bench", maxInFlight: options.maxHeld))
        let report = BatchRun(
            conninfo: conninfo, actions: [NoOp()], conditions: NoObjection(), client: client, options: options,
            logger: Logger(label: "hookledger.batch"), stop: StopFlag()
        ).run()
        guard report.end == .finished else { throw BenchFailure("the run ended with \(report.end)") }
        say("\(report.done) \(report.duration)")
    }
}
