import HTTPReceiver
import JSON
import JobsSupport
import Logging
import Patience
import Platform
import Postgres
import Rules
import Settings
import TestThreads
import Testing
import Transport

@testable import Jobs

@Suite(.blocking) struct BatchRunTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    @Test func retriesAndThenBuries() throws {
        try fixture.enqueue(1)
        let action = TestAction.ending(.retry(counted: true, reason: "answered 500"))
        // With a first delay of a millisecond the whole schedule fits into one run, or nearly.
        for _ in 0..<20 where try fixture.count("jobs", "state = 2") == 0 {
            _ = try fixture.run([action])
            SystemClock.sleep(milliseconds: 20)
        }
        #expect(
            try fixture.value("select state || ' ' || attempt || ' ' || last_error from jobs") == "2 4 answered 500")
        #expect(
            try fixture.value("select string_agg(outcome || attempt, ' ' order by attempt) from job_attempts")
                == "retry1 retry2 retry3 dead4")
        #expect(try fixture.count("dead_letters") == 1)
    }

    @Test func waitsAtLeastItsTimeBeforeTheNextAttempt() throws {
        try fixture.enqueue(1)
        var action = TestAction.ending(.retry(counted: true, reason: "500"))
        action.retryPolicy = RetryPolicy(backoff: .milliseconds(60_000))
        #expect(try fixture.run([action]).retried == 1)
        #expect(try fixture.count("jobs", "run_at between now() + interval '50 s' and now() + interval '80 s'") == 1)
        #expect(try fixture.run([action]).claimed == 0)
    }

    @Test func skipsWhatIsNoLongerCalledFor() throws {
        struct Paid: ConditionCheck {
            func objection(to subject: JobSubject) -> String? {
                subject.order?.fields["status"]?.string == "PAID" ? nil : "order.status is not PAID"
            }
        }
        try fixture.enqueue(2, orders: 2)
        try fixture.superuser.execute(
            "update orders set order_data = '{\"status\":\"CANCELLED\"}' where id = (select min(id) from orders)")
        let report = try fixture.run([TestAction.ending(.done())], conditions: Paid())
        #expect(report.skipped == 1 && report.done == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason = 'order.status is not PAID'") == 1)
        #expect(try fixture.count("jobs") == 0)
    }

    @Test func anActionThatIsNotConfiguredKeepsItsJobs() throws {
        try fixture.enqueue(1, action: "gone")
        #expect(try fixture.run([TestAction.ending(.done())]).retried == 1)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0 and last_error like '%no action gone%'") == 1)
    }

    @Test func asksTheBodyOnlyWhenItIsWanted() throws {
        try fixture.enqueue(1)
        let connection = try fixture.connect()
        var claimer = Claimer()
        let jobs = try claimer.claim(limit: 1, now: 10_000, on: connection)
        for wanted in [true, false] {
            let subjects = try SubjectLoader.load(jobs, needs: [wanted ? .body : []], on: connection)
            #expect(subjects[jobs[0].id]?.event.body.isEmpty == !wanted)
        }
    }

    @Test func bodiesInMemoryAreBounded() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 30) }
        try fixture.enqueue(12)
        try fixture.superuser.execute("update events set body = convert_to(repeat('x', 1000), 'UTF8')")
        let connection = try fixture.connect()
        var claimer = Claimer()
        let jobs = try claimer.claim(limit: 12, now: 10_000, on: connection)
        let subjects = try SubjectLoader.load(jobs, needs: jobs.map { _ in .body }, budget: 2500, on: connection)
        #expect(subjects.values.count { $0.event.body.count == 1000 && !$0.event.isBodyLeftOut } == 3)
        #expect(subjects.values.count { $0.event.body.isEmpty && $0.event.isBodyLeftOut } == 9)
        #expect(try Finisher.release(jobs.map { ($0, 0) }, on: connection).count == 12)
        // Less than one body: they go one after another, and all of them do.
        var action = TestAction.posting(receiver.url, doubt: .repeatable)
        action.needsBody = true
        #expect(try fixture.run([action]) { $0.bodyBudget = 1 }.done == 12)
        #expect(Set(receiver.taken).count == 12)
    }

    @Test func endsAtOnceWhenAllSlotsAreTaken() throws {
        try fixture.enqueue(1)
        let other = try fixture.connect()
        #expect(try Slots.take(of: 1, for: "other", on: other)?.number == 1)
        let report = try fixture.run([TestAction.ending(.done())]) { $0.slots = 1 }
        #expect(report.end == .noSlot && report.claimed == 0)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0") == 1)
    }

    @Test func asksAgainUntilItsTimeIsOver() throws {
        let name = try SharedClusterName(fixture)
        let feeder = try Thread(name: "feeder") {
            SystemClock.sleep(milliseconds: 600)
            try? name.enqueue()
        }
        let report = try fixture.run([TestAction.ending(.done())]) {
            $0.once = false
            $0.duration = .milliseconds(2500)
        }
        feeder.join()
        #expect(report.done == 1 && report.end == .finished)
        #expect(report.duration >= 2000)
    }

    @Test func handsBackWhatIsNotBegunAndFinishesWhatIs() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 700) }
        try fixture.enqueue(6)
        var action = TestAction.posting(receiver.url, doubt: .report)
        action.pace = Pace(key: "slow", interval: 900)
        let stop = StopFlag()
        let stopper = try Thread(name: "stopper") {
            _ = eventually { !receiver.taken.isEmpty }
            stop.raise()
        }
        let report = try fixture.run([action], stop: stop) { $0.once = false }
        stopper.join()
        #expect(report.end == .finished)
        #expect(report.done == receiver.taken.count)
        #expect(report.done >= 1 && report.released >= 1)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0") == 6 - report.done)
        #expect(try fixture.count("effects", "state <> 'done'") == 0)
    }

    @Test func hundredsAreInFlightAtOnce() throws {
        // Nobody is answered before all have come.
        let gate = Monitor(0)
        let receivers = try (0..<8).map { _ in
            try Receiver { _, _ in
                gate.change { $0 += 1 }
                return .answer(gate.wait(timeout: .seconds(patience)) { $0 >= 200 ? true : nil } == true ? 200 : 400)
            }
        }
        let actions = receivers.enumerated().map { number, receiver in
            var action = TestAction.posting(receiver.url, doubt: .repeatable, timeout: 120_000)
            action.name = "ops\(number)"
            return action
        }
        for action in actions { try fixture.enqueue(25, action: action.name) }
        let report = try fixture.run(actions) { $0.duration = .milliseconds(240_000) }
        #expect(report.done == 200 && report.retried == 0)
    }

    @Test func continuesWhenItsSessionIsEnded() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 600) }
        try fixture.enqueue(5)
        let name = try SharedClusterName(fixture)
        let killer = try Thread(name: "killer") {
            _ = eventually { receiver.taken.count >= 5 }
            try? name.endSessions()
        }
        let report = try fixture.run([TestAction.posting(receiver.url, doubt: .report)])
        killer.join()
        #expect(report.done == 5 && report.end == .finished)
        #expect(receiver.taken.count == 5)
        #expect(try fixture.count("jobs") == 0)
    }

    @Test func saysThatPostgresIsAwayAndThatTheSchemaIsMissing() throws {
        let client = try HTTPClient()
        func run(_ conninfo: String) -> RunReport.End {
            var options = RunOptions()
            options.patience = .milliseconds(500)
            return BatchRun(
                conninfo: conninfo, actions: [], conditions: NoConditions(), client: client, options: options,
                logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() }, stop: StopFlag()
            ).run().end
        }
        #expect(run("host=/nonexistent-folder dbname=none") == .databaseAway)
        let empty = try fixture.emptyDatabase()
        guard case .misconfigured = run(empty) else {
            Issue.record("a database without the schema must be reported as such")
            return
        }
    }
}
