import HTTPReceiver
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// A stack under load: every event makes a job that posts it to a receiver, which counts what it gets.
struct LoadStack {
    let stack: LocalStack
    let receiver: Receiver
    let books: StackBooks
    let shop: Shop
    var client: LoadClient

    /// Whether the whole load is asked for (`make check`), not the short one of `make test`.
    static var isFull: Bool { Environment.value(of: "HOOKLEDGER_FULL") == "1" }

    /// Runs a body with a stack in a temporary folder, and ends all of it.
    ///
    /// - Parameters:
    ///   - batchInterval: seconds between two starts of the batch processor.
    ///   - answerDelay: how many milliseconds the receiver takes for an answer.
    ///   - rules: further rules, as lines of YAML below `rules:`.
    ///   - committers: how many threads of the responder commit. Where there are several, the stack is pinned: see
    ///     ``Pins``.
    static func run(
        batchInterval: Int = 60, answerDelay: Int = 0, rules: String = "", committers: Int = 1,
        _ body: (LoadStack) async throws -> Void
    ) async throws {
        let receiver = try Receiver { _, _ in .answer(200, after: answerDelay) }
        let text = "responder: { committers: \(committers) }\n" + configuration(receiver, rules)
        try await StackSuite.run(batchInterval: batchInterval, configuration: { _ in text }) { stack in
            if committers > 1 { try Pins.pin(stack) }
            let shop = try Shop(stack)
            let client = LoadClient(
                url: shop.hook, certificate: stack.folder.certificate, credentials: shop.credentials)
            try await body(
                LoadStack(stack: stack, receiver: receiver, books: StackBooks(stack), shop: shop, client: client))
        }
    }

    private static func configuration(_ receiver: Receiver, _ rules: String) -> String {
        """
        \(StackYAML.tikTokShop)
        actions:
          erp: { kind: http, url: "\(receiver.url)", backoff: 100ms }
          ops: { kind: slack, url: { env: SLACK_WEBHOOK_URL } }
        rules:
          - name: every-event
            do: [erp]
        \(rules)
        """
    }

    /// Waits until nothing is left to do but dead letters.
    func waitForJobs() async throws -> Bool {
        try await books.eventually("select count(*) from jobs where state < 2", are: ["0"])
    }

    /// Events that have not exactly one job of that rule, done, to be done or dead.
    func eventsWithoutTheirJob(rule: String) throws -> [String] {
        try books.lines(
            """
            with made as (
                select event_id, job_id from jobs where rule = '\(rule)'
                union select event_id, job_id from job_attempts where rule = '\(rule)'
            )
            select e.id, count(m.job_id) from events as e left join made as m on m.event_id = e.id
            group by e.id having count(m.job_id) <> 1 limit 20
            """)
    }

    /// Jobs of that rule that were not brought to an end exactly once.
    func jobsNotDoneOnce(rule: String) throws -> [String] {
        try books.lines(
            """
            select job_id, array_agg(outcome order by attempt) from job_attempts where rule = '\(rule)'
            group by job_id having count(*) filter (where outcome in ('done', 'skipped')) <> 1 limit 20
            """)
    }

    /// Bodies that are stored more than once, and how many different ones there are.
    func storedBodies() throws -> (twice: [String], distinct: Int) {
        let twice =
            "select subject, provider_type, count(*) from events group by 1, 2, body having count(*) > 1 limit 20"
        return (try books.lines(twice), try books.count("select count(distinct body) from events"))
    }
}
