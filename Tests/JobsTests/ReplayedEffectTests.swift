import HTTPReceiver
import JobsSupport
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// A replayed job repeats an effect that has happened only when that was asked for, and then once.
@Suite(.blocking) struct ReplayedEffectTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func replay(_ run: String, again: Bool) throws {
        _ = try fixture.connect(as: "hookledger_operator").query(
            """
            select hookledger.replay_events($1::text, 'cli:test', 'replay:' || $1, null, '{}', $2::boolean, true,
                array_agg(id), array_agg(received_at), array_agg(order_row),
                array_agg('[{"action": "ops", "kind": "test", "rule": "rule-1"}]'::jsonb),
                array_agg(interval '0'))
            from hookledger.events
            """, [.text(run), .boolean(again)])
    }

    @Test func anEffectIsRepeatedOnlyWhenThatIsAskedFor() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        let action = TestAction.posting(receiver.url, doubt: .report)
        try fixture.enqueue(3, orders: 3)
        #expect(try fixture.run([action]).done == 3)
        try replay("plain", again: false)
        #expect(try fixture.run([action]).done == 3)
        #expect(receiver.taken.count == 3)
        #expect(try fixture.count("job_attempts", "reason = 'the effect had happened before'") == 3)
        try replay("repeating", again: true)
        #expect(try fixture.run([action]).done == 3)
        #expect(receiver.taken.count == 6)
        try replay("plain again", again: false)
        #expect(try fixture.run([action]).done == 3)
        #expect(receiver.taken.count == 6)
        #expect(try fixture.count("effects", "state = 'done'") == 6)
    }
}
