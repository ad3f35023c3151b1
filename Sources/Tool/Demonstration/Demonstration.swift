import JSON
import LocalStack
import Platform
import Postgres

/// Sends one order through the stack and shows the result, from the database and from the stand-in for Slack.
struct Demonstration {
    private let stack: LocalStack
    private let isCancelled: () -> Bool
    private let order = SampleOrder()

    init(_ stack: LocalStack, isCancelled: @escaping () -> Bool) {
        self.stack = stack
        self.isCancelled = isCancelled
    }

    func run() throws {
        guard let secret = stack.secret("TIKTOK_APP_SECRET") else {
            throw StackError(.failed, "no TIKTOK_APP_SECRET in \(stack.folder.secrets)")
        }
        Console.say("\nOne signed TikTok Shop order through https:")
        let answer = try order.send(to: stack, secret: secret)
        Console.say("  received  POST /webhook/tiktok → \(answer.status) \(answer.text)")
        guard (200..<300).contains(answer.status) else {
            throw StackError(.failed, "the order was not accepted; see \(stack.folder.log("responder"))")
        }
        let connection = try Connection(conninfo: stack.state.database, applicationName: "hookledger-demo")
        let stored = try connection.query(
            DemonstrationSQL.order,
            [.text(order.id)])
        guard let row = stored.first else { throw StackError(.failed, "answered \(answer.status), but not stored") }
        let amount = try row.optionalText("total_amount") ?? "-"
        Console.say("  stored    order \(order.id), status \(try row.optionalText("status") ?? "-"), total \(amount)")
        for line in try waitForJobs(connection) { Console.say("  done      \(line)") }
        let message = newestSlackMessage().map { "the stand-in for Slack received: \($0)" }
        Console.say("  Slack     \(message ?? "(the stand-in has received nothing)")")
        let orders = try connection.query(DemonstrationSQL.orders).only().bigint(0)
        if orders > 1 { Console.say("  in all    \(orders) orders are here, those of earlier runs included") }
    }

    /// The batch processor's result for the order; waits for its next run if necessary.
    private func waitForJobs(_ connection: Connection) throws -> [String] {
        let end = ContinuousClock.now + .seconds(75)
        while ContinuousClock.now < end, !isCancelled() {
            let attempts = try connection.query(DemonstrationSQL.attempts, [.text(order.id)])
            if !attempts.isEmpty {
                return try attempts.map { row in
                    let reason = try row.optionalText("reason").map { ": \($0)" } ?? ""
                    let time =
                        try row.optionalText("milliseconds").map { ", \($0) ms after the order was received" } ?? ""
                    return "\(try row.text("action")): \(try row.text("outcome"))\(time)\(reason)"
                }
            }
            SystemClock.sleep(milliseconds: 100)
        }
        return ["(no job has finished so far; see \(stack.folder.log("batch")))"]
    }

    private func newestSlackMessage() -> String? {
        let lines = ((try? Files.readText(stack.folder.slackMessages)) ?? "").lines()
        guard let line = lines.last, let value = try? JSONValue(parsing: Array(line.utf8)) else { return nil }
        return value["payload"]?["text"]?.string ?? value["payload"]?.text
    }
}
