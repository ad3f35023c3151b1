import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// The shipped cron line under the real cron daemon.
@Suite(.place) struct CronTests {
    @Test(
        .enabled(if: TestStack.canUnshare, "needs root and unshare(1), so that cron sees none of this machine's files"))
    func theShippedCronLineDoesTheJob() async throws {
        try await TestStack.inFolder { folder in
            let host = try CronHost(folder)
            defer { host.end() }
            let (stack, syslog) = (host.stack, host.syslog)
            let shop = try Shop(stack)
            #expect(try shop.send(.guide("by-cron", "AWAITING_SHIPMENT", at: Shop.now, amount: "1")).status == 200)
            let log = "select action, outcome from job_log where order_id = 'by-cron'"
            let isDone = try await StackBooks(stack).eventually(log, are: ["ops|done"])
            #expect(isDone, "cron wrote: \(syslog.messages)")
            let isLogged = eventually {
                syslog.messages.contains {
                    $0.contains("hookledger-batch: {") && $0.contains("Webhook processed successfully")
                }
            }
            #expect(isLogged, "\(syslog.messages)")
            #expect(syslog.messages.contains { $0.contains("(hookledger-batch) CMD (test -e ") })
            #expect(host.cron.isRunning)
        }
    }
}
