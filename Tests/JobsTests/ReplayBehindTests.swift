import HTTPReceiver
import JobsSupport
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// Jobs of a replay wait behind live ones, and are not starved.
@Suite(.blocking) struct ReplayBehindTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func replayed(_ count: Int) throws {
        try fixture.enqueue(count, action: "ops")
        try fixture.superuser.execute("update jobs set priority = 10, run = 'r1'")
    }

    @Test func liveJobsAreClaimedFirstAndOneInTwentyIsOfTheReplay() throws {
        try replayed(500)
        try fixture.enqueue(200, action: "ops")
        let connection = try fixture.connect()
        var claimer = Claimer()
        var claimed: [Job] = []
        for turn in 0..<20 { claimed += try claimer.claim(limit: 10, now: Int64(turn), on: connection) }
        #expect(claimed.count == 200)
        let ofReplay = claimed.count(where: \.isOfReplay)
        #expect(ofReplay >= 9 && ofReplay <= 11)
        // When no live one is due, all places are theirs.
        _ = try claimer.claim(limit: 10, now: 21, on: connection)
        #expect(try claimer.claim(limit: 50, now: 22, on: connection).filter(\.isOfReplay).count == 50)
    }

    /// What is skipped, and what has happened before, takes no turn of the pace: a thousand are over while the pace lets a
    /// few requests out.
    @Test func whatSendsNothingTakesNoTurn() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        var action = TestAction.posting(receiver.url, doubt: .report)
        try fixture.enqueue(200, orders: 200)
        #expect(try fixture.run([action]).done == 200)
        _ = try fixture.connect(as: "hookledger_operator").query(
            """
            select hookledger.replay_events('r1', 'cli:test', 'replay:r1', null, '{}', false, true, array_agg(id),
                array_agg(received_at), array_agg(order_row),
                array_agg('[{"action": "ops", "kind": "test", "rule": "rule-1"}]'::jsonb), array_agg(interval '0'))
            from hookledger.events
            """)
        action.pace = Pace(key: "slack", interval: 1000)
        // In one run of twenty seconds, in which the pace would let twenty out.
        let report = try fixture.run([action])
        #expect(report.done == 200 && receiver.taken.count == 200)
    }
}
