import FastCGI
import Ledger
import Logging
import Platform
import Providers
import Settings
import Testing
import Webhooks

@testable import Responder

/// A genuine delivery that is refused for its time alone, while the clocks differ.
@Suite struct ClockRefusalTests {
    private func status(_ kind: Refusal.Kind, offset: Int64?) -> Int {
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        let health = StoreHealth(logger: Logger(label: "test"))
        if let offset {
            health.end(
                health.begin(), nil,
                StoreSigns(clock: SystemClock.now.advanced(bySeconds: offset), batchSeenAt: nil))
        }
        let answers = Answers(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            refusals: RowRecorder(conninfo: "", name: "refusals") { _, _ in }, peers: PeerGuard(), spool: nil,
            health: health, metrics: Metrics(program: "test"))
        return answers.refused(
            Deliveries.at(now.seconds), source: "shop", by: TikTokShopGuideProvider(), Refusal(kind, "no")
        ).status
    }

    @Test(arguments: [0, 30, -30]) func whileTheClocksAgreeItIsRefused(_ offset: Int64) {
        #expect(status(.outsideTolerance, offset: offset) == 401)
    }

    /// Which clock is wrong is unknown: the sender must retry.
    @Test(arguments: [90, -90, 3600, 120 * 86_400]) func whileTheyDifferTheSenderMustRetry(_ offset: Int64) {
        #expect(status(.outsideTolerance, offset: offset) == 503)
        #expect(status(.noSecretMatched, offset: offset) == 401)
    }

    /// A responder that starts with a wrong clock takes its first deliveries before Postgres has answered.
    @Test func untilPostgresHasAnsweredTheSenderMustRetry() {
        #expect(status(.outsideTolerance, offset: nil) == 503)
        #expect(status(.noSecretMatched, offset: nil) == 401)
    }
}
