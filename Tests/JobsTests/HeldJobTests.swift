import Actions
import JSON
import JobsSupport
import Postgres
import Rules
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Jobs

/// A held job waits for a decision, and nothing counts against it meanwhile.
@Suite(.blocking) struct HeldJobTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// What a rule that every order of the fixture fits makes of `print`.
    private struct Conditions: ConditionCheck {
        let inner: RuleConditions

        init() throws {
            let yaml = """
                database: dbname=x
                actions: { print: { kind: printify, shop: "1", token: { env: T } } }
                rules: [{ name: rule-1, do: print }]
                """
            let input = SettingsInput(
                variable: { $0 == "T" ? "t" : nil }, readFile: { $0 == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent },
                fileMode: { _ in nil })
            inner = RuleConditions(
                try Settings.load(
                    path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0)))
        }

        func view(of subject: JobSubject) -> JobSubject { inner.view(of: subject) }
        func objection(to subject: JobSubject) -> String? { inner.objection(to: subject) }
        func hold(on subject: JobSubject) -> String? { inner.hold(on: subject) }
    }

    private var print: TestAction {
        var action = TestAction.ending(.done())
        action.name = "print"
        return action
    }

    private func enqueue(_ count: Int = 1, orders: Int = 1) throws {
        try fixture.enqueue(count, orders: orders, action: "print")
        try fixture.superuser.execute("update jobs set kind = 'printify'")
    }

    private func ask(_ value: String) throws {
        try fixture.superuser.execute(
            "update orders set order_data = order_data || jsonb_build_object('cancel_requested', \(value))")
    }

    @Test func anOrderWhoseBuyerAskedToCancelIsNotPrintedUntilThatIsDecided() throws {
        try enqueue()
        try ask("true")
        let report = try fixture.run([print], conditions: Conditions())
        #expect(report.held == 1 && report.done == 0)
        #expect(try fixture.count("jobs", "state = 3 and hold_reason = 'cancel_requested' and attempt = 0") == 1)
        #expect(try fixture.count("job_attempts") == 0)
        // It stays so, however often somebody looks.
        #expect(try fixture.run([print], conditions: Conditions()).claimed == 0)
        try ask("false")
        #expect(try fixture.run([print], conditions: Conditions()).done == 1)
        #expect(try fixture.count("jobs") == 0)
    }

    @Test func aCancelledOrderIsSkippedAndNotHeldForever() throws {
        try enqueue()
        try ask("true")
        _ = try fixture.run([print], conditions: Conditions())
        try fixture.superuser.execute("update orders set order_data = order_data || '{\"status\": \"CANCELLED\"}'")
        #expect(try fixture.run([print], conditions: Conditions()).claimed == 1)
        #expect(try fixture.count("jobs", "state = 3") == 0)
    }

    @Test func whatAPersonReleasesIsNotHeldAgainForTheSameReason() throws {
        try enqueue()
        try ask("true")
        _ = try fixture.run([print], conditions: Conditions())
        let ids = try HeldJobs.release(JobFilter(), on: fixture.connect(as: "hookledger_operator"))
        #expect(ids.count == 1)
        #expect(try fixture.run([print], conditions: Conditions()).done == 1)
    }

    @Test func laterJobsOfTheSameOrderAndActionWaitBehindIt() throws {
        try enqueue(3)
        try fixture.superuser.execute(
            """
            update jobs set state = 3, hold_reason = 'shop', held_at = now()
            where job_id = (select min(job_id) from jobs)
            """)
        #expect(try fixture.run([print]).claimed == 0)
        _ = try HeldJobs.release(JobFilter(), reason: "shop", on: fixture.connect(as: "hookledger_operator"))
        #expect(try fixture.run([print]).done == 3)
    }

    @Test func giveUpStandsStillWhileItIsHeld() throws {
        try enqueue(2, orders: 2)
        try fixture.superuser.execute(
            """
            update jobs set state = 3, hold_reason = 'shop', held_at = now() - interval '3 days',
                created_at = now() - interval '3 days 1 hour',
                first_failed_at = case when job_id % 2 = 0 then now() - interval '3 days 1 hour' end
            """)
        _ = try HeldJobs.release(JobFilter(), on: fixture.connect(as: "hookledger_api"))
        #expect(
            try fixture.count(
                "jobs",
                """
                state = 0 and held_for between interval '71 hours' and interval '73 hours'
                    and coalesce(first_failed_at > now() - interval '2 hours', true)
                """) == 2)
        // A destination that has been away all the time buries none of them.
        try fixture.superuser.execute(
            """
            insert into destinations (destination, open_until, reason, opened_at)
            values ('x:443', now() + interval '1 minute', 'away', now() - interval '4 days')
            """)
        #expect(
            try Overdue.bury([("print", "x:443", 86_400_000)], on: fixture.connect()).isEmpty)
    }

    @Test func ofAKeyThatStandsForManyEventsOneIsReady() throws {
        try fixture.enqueue(3, action: "kb")
        try fixture.superuser.execute(
            "update jobs set unique_key = 'k', state = 3, hold_reason = 'paused:kb', held_at = now()")
        _ = try HeldJobs.release(JobFilter(), on: fixture.connect(as: "hookledger_operator"))
        #expect(try fixture.count("jobs", "state = 0") == 1 && fixture.count("jobs") == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped'") == 2)
    }

    @Test func everyListShowsIt() throws {
        try enqueue()
        try fixture.superuser.execute("update jobs set state = 3, hold_reason = 'shop', held_at = now()")
        #expect(try fixture.count("queue_depth", "held = 1 and due = 0") == 1)
        #expect(try fixture.count("held_jobs", "hold_reason = 'shop' and order_id = '1'") == 1)
        #expect(try fixture.count("job_list", "state = 'held'") == 1)
        #expect(try fixture.count("order_processing_queue", "held_jobs = 1 and hold_reason = 'shop'") == 1)
        #expect(try fixture.count("event_states", "status = 'pending'") == 1)
        #expect(try fixture.count("order_timeline", "what = 'held' and description like '%shop%'") == 1)
        #expect(try JobQueries.open(JobFilter(), on: fixture.superuser).first?["state"] == "held")
    }

    @Test func anOldHoldRaisesAnAlarmOnceInAPeriod() throws {
        try enqueue(2, orders: 2)
        try fixture.superuser.execute(
            """
            update jobs set state = 3, hold_reason = 'shop', held_at = now() - interval '25 hours';
            insert into action_states (action, kind, blocks) values ('slack', 'slack', false);
            """)
        func raise(_ alarm: Duration) throws -> Int {
            try fixture.superuser.execute("delete from alerts where topic = 'causes'")
            return try CauseAlerts.raise(
                .none, holds: HoldSettings(alarm: alarm), through: [AlertChannel("slack", destination: "s:443")],
                on: fixture.connect())
        }
        #expect(try raise(.seconds(48 * 3600)) == 0)
        #expect(try raise(.seconds(86_400)) == 1)
        #expect(try raise(.seconds(86_400)) == 0)
        #expect(
            try fixture.value("select note from jobs where note is not null")?.hasPrefix(
                "Held: 2 jobs of print for shop") == true)
    }

    @Test func jobsOfAShopRunAsSoonAsItIsListed() throws {
        try enqueue(4, orders: 4)
        try fixture.superuser.execute(
            """
            update orders set shop_key = case when order_id in ('1', '2') then 'a.example' else 'b.example' end
            where order_id <> '4';
            update events set shop_key = 'b.example';
            update jobs set state = 3, hold_reason = 'shop', held_at = now();
            insert into source_shops (source, shop_key, state, changed_by)
            values ('shop', 'a.example', 'unlisted', 'door'), ('shop', 'b.example', 'refused', 'door');
            """)
        #expect(try fixture.run([print]).claimed == 0)
        try fixture.superuser.execute("update source_shops set state = 'listed' where shop_key = 'a.example'")
        #expect(try fixture.run([print]).done == 2)
        #expect(try fixture.count("jobs", "state = 3") == 2)
        // An order that its event's shop has not adopted counts as that shop's.
        try fixture.superuser.execute("update source_shops set state = 'listed' where shop_key = 'b.example'")
        #expect(try fixture.run([print]).done == 2)
    }

    /// A held job and the one of another shop's event have one key; one batch of the responder may have both.
    @Test(arguments: ["k", "other"])
    func aSharedJobThatIsHeldKeepsNoOtherFromBeingDone(_ key: String) throws {
        let batch = try [("k", nil), (key, nil), ("k", "b.example")].map { (key, shop: String?) in
            let job = Filling.job("ops", maxAttempts: 3, share: JobShare(key: key))
            return try Filling.recordable("note", "1", shop: shop, isUnlisted: shop != nil, jobs: [job])
        }
        try Filling.record(batch, in: fixture.database)
        #expect(try fixture.count("jobs", "state = 3 and hold_reason = 'shop'") == 1)
        #expect(try fixture.run([TestAction.ending(.done())]).done == (key == "k" ? 1 : 2))
        let released = try HeldJobs.release(JobFilter(), on: fixture.connect(as: "hookledger_operator"))
        #expect(released.count == 1)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 1)
        #expect(try fixture.count("jobs") == 0)
    }
}
