import HTTPReceiver
import JobsSupport
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// The views by which people see how the actions fare.
@Suite(.blocking) struct HealthViewTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    @Test func ordersBehindADeadLetterAreListedWhereTheActionBlocks() throws {
        try fixture.enqueue(3, orders: 1)
        try fixture.enqueue(2, orders: 1, action: "print")
        var blocking = TestAction.ending(.bury("no"))
        blocking.retryPolicy = RetryPolicy(afterDead: .block)
        var skipping = TestAction.ending(.bury("no"))
        skipping.name = "print"
        #expect(try fixture.run([blocking, skipping]).dead == 3)
        #expect(try fixture.value("select string_agg(action || waiting, ' ') from blocked_orders") == "ops2")
        // The setting counts as it is, not as it was.
        blocking.retryPolicy = RetryPolicy(afterDead: .skip)
        #expect(try fixture.run([blocking, skipping]).dead == 2)
        #expect(try fixture.count("blocked_orders") == 0)
    }

    @Test func countsSuccessAndRepetition() throws {
        let receiver = try Receiver { number, _ in number == 1 ? .answer(500) : .answer(200, after: 20) }
        try fixture.enqueue(4)
        for _ in 0..<100 where try fixture.count("jobs") > 0 {
            _ = try fixture.run([TestAction.posting(receiver.url, doubt: .repeatable)])
        }
        #expect(
            try fixture.value(
                "select done || ' ' || dead || ' ' || success_rate || ' ' || retry_rate from action_statistics")
                == "4 0 100.00 20.00")
        #expect(try fixture.count("action_statistics", "p50 <= p95 and p95 <= p99 and p50 > '0'") == 1)
        #expect(
            try fixture.count(
                "slow_destinations",
                "destination = '127.0.0.1:\(receiver.port)' and attempts = 5 and failed = 1 and p95 <= slowest") == 1)
    }

    @Test func theSuccessMetricsTurnWhenAnEventIsLost() throws {
        try fixture.enqueue(120)
        #expect(try met() == "- - f t")
        #expect(try fixture.run([TestAction.ending(.done())]).done == 120)
        #expect(try met() == "t t t t")
        try fixture.superuser.execute(
            "insert into receipts (source, dedupe_key, event_id, received_at) values ('shop', '\\x01', 999999, now())")
        #expect(try met() == "t t t f")
        try fixture.enqueue(10)
        #expect(try fixture.run([TestAction.ending(.bury("no"))]).dead == 10)
        #expect(try met() == "f t t f")
    }

    private func met() throws -> String? {
        try fixture.value("select string_agg(coalesce(left(met::text, 1), '-'), ' ') from service_levels")
    }
}
