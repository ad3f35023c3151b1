import Actions
import HTTPReceiver
import JSON
import JobsSupport
import Platform
import Postgres
import Rules
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Jobs

/// What a rule asks of an event is judged from what the event changed, and earlier effects count.
@Suite(.blocking) struct OnceTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func conditions(_ rule: String) throws -> RuleConditions {
        let yaml = """
            database: dbname=x
            sources: { shop: { providers: tiktok_shop, secrets: { env: T }, credentials: { app_key: { env: T } } } }
            actions: { ops: { kind: slack, url: { env: T } } }
            rules: [{ name: rule-1, do: ops, \(rule) }]
            """
        let input = SettingsInput(
            variable: { $0 == "T" ? "t" : nil }, readFile: { $0 == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent },
            fileMode: { _ in nil })
        return RuleConditions(
            try Settings.load(path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0)))
    }

    /// Ends with what the job's view of its order is.
    private static let telling = TestAction(begun: { subject in
        .step(.ended(.done(answer: subject.order.map { JSONValue.object($0.fields).text })))
    })

    @Test func theStoredChangesDecide() throws {
        try fixture.enqueue(4, orders: 4)
        try fixture.superuser.execute(
            """
            update events set disposition = 'applied', changes = '{"email": [null, "x"]}' where id = (select min(event_id) from jobs);
            update events set disposition = 'stale', changes = null where id = (select max(id) from events);
            """)
        let report = try fixture.run(
            [Self.telling], conditions: conditions("once: event, becomes: { order.status: PAID }"))
        #expect(report.done == 2 && report.skipped == 2)
        #expect(
            try fixture.count("job_attempts", "reason = 'order.status already had this value before the event'") == 2)
    }

    @Test func aJobOfAVerifiedEventDoesNotSeeWhatNoVerifiedEventWrote() throws {
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute(
            """
            update orders set order_data = order_data || '{"email": "stranger@example.com"}',
                clocks = '{"*": [1, 5, 0, 0, "aa"], "email": [0, 9, 0, 0, "bb"]}'
            """)
        let seen = LockedTexts()
        let action = TestAction(begun: { subject in
            seen.add(subject.order.map { JSONValue.object($0.fields).text } ?? "")
            return .step(.ended(.done()))
        })
        #expect(try fixture.run([action], conditions: conditions("once: event")).done == 1)
        #expect(seen.all == [#"{"status":"PAID"}"#])
        try fixture.enqueue(1, orders: 1)
        #expect(
            try fixture.run([action], conditions: conditions("once: event, when: { event.verified: any }")).done == 1)
        #expect(seen.all.last?.contains("stranger") == true)
    }

    @Test func anUnverifiedEventIsTakenOnlyByRulesThatSaySo() throws {
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute("update events set verification = 'unverified'")
        #expect(try fixture.run([Self.telling], conditions: conditions("once: event")).skipped == 1)
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute("update events set verification = 'unverified'")
        #expect(
            try fixture.run([Self.telling], conditions: conditions("when: { event.verified: any }, once: event")).done
                == 1)
    }

    @Test func refundsThatArriveOneByOneAreSeenAsTheirSumAndChangeIt() throws {
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute(
            """
            update orders set order_data = order_data || '{"refunded_amount": "5.00"}',
                extra = '{"refunds/a": "5.00", "refunds/b": "5.00"}';
            update events set changes = '{"extra.refunds/b": [null, "5.00"]}'
            """)
        let rule = "once: event, when: { order.refunded_amount: { gte: 10 } }, changed: [order.refunded_amount]"
        #expect(try fixture.run([Self.telling], conditions: conditions(rule)).done == 1)
        try fixture.enqueue(1, orders: 1)
        try fixture.superuser.execute("update events set changes = '{\"extra.note\": [null, \"5.00\"]}'")
        #expect(try fixture.run([Self.telling], conditions: conditions(rule)).skipped == 1)
    }

    @Test func anEffectThatIsKeptUnderAnEarlierKeyDoesNotHappenAgain() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        var before = TestAction.posting(receiver.url, doubt: .report)
        before.key = { "old:\($0.order?.id ?? "")" }
        try fixture.enqueue(2, orders: 2)
        #expect(try fixture.run([before]).done == 2)
        // Orders of the same ids in another shop are others, whatever the key.
        let other = try ["1", "2"].map {
            try Filling.recordable("order", $0, source: "other", shop: "b.example", jobs: [Filling.job("ops")])
        }
        var after = TestAction.posting(receiver.url, doubt: .report)
        after.key = { "new:\($0.order?.row ?? 0)" }
        after.earlier = { ["old:\($0.order?.id ?? "")"] }
        try fixture.enqueue(2, orders: 2)
        try Filling.record(other, in: fixture.database)
        #expect(try fixture.run([after]).done == 4)
        #expect(receiver.taken.count == 4)
        #expect(try fixture.count("job_attempts", "reason = 'the effect had happened before'") == 2)
        #expect(
            try fixture.value(
                "select string_agg(effect_key, ' ' order by effect_key) from effects where effect_key like 'old%'")
                == "old:1 old:2")
    }

    /// What a rule said `once: event` of, or nothing, has effects of each event; then it is given a `once`.
    @Test(arguments: ["order", "status"])
    func aRuleThatIsNewlyGivenOnceFindsTheEffectOfAnotherEventOfTheOrder(_ once: String) throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        var action = TestAction.posting(receiver.url, doubt: .report)
        let perEvent: @Sendable (JobSubject) -> String = { "test:ops:\($0.event.id):rule-1" }
        action.key = perEvent
        try fixture.enqueue(2, orders: 2)
        // The event of order 2 gave it another status than it has now.
        try fixture.superuser.execute(
            """
            update events set changes = '{"status": [null, "UNPAID"]}'
            where order_row = (select id from orders where order_id = '2')
            """)
        #expect(try fixture.run([action]).done == 2)
        action.key = { "test:ops:rule-1:\($0.order?.row ?? 0)" }
        action.earlier = { [perEvent($0)] }
        try fixture.enqueue(2, orders: 2)
        #expect(try fixture.run([action], conditions: conditions("once: \(once)")).done == 2)
        #expect(receiver.taken.count == (once == "order" ? 2 : 3))
        // Without it each event has its own.
        action.key = perEvent
        try fixture.enqueue(2, orders: 2)
        #expect(try fixture.run([action], conditions: conditions("once: event")).done == 2)
        #expect(receiver.taken.count == (once == "order" ? 4 : 5))
    }
}

/// Texts from the thread of a run.
private final class LockedTexts: Sendable {
    private let texts = Locked<[String]>([])
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    var all: [String] { texts.withLock { $0 } }
}
