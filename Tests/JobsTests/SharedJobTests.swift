import JobsSupport
import Platform
import Postgres
import Rules
import Settings
import Synchronization
import TestThreads
import Testing

@testable import Jobs

/// Jobs that stand for many events: one waits, one runs, and what fails takes the place of the one that waits.
@Suite(.blocking) struct SharedJobTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
    }

    /// An event whose job is shared.
    private func make(_ key: String = "k", delay: Int64 = 0, restarts: Bool = false) throws {
        let share = JobShare(key: key, delay: delay, restarts: restarts)
        let job = Filling.job("ops", maxAttempts: 3, share: share)
        try Filling.record([Filling.recordable("note", key, jobs: [job])], in: fixture.database)
    }

    private var states: String? {
        get throws {
            try fixture.value("select string_agg(state::text || attempt, ' ' order by state, job_id) from jobs")
        }
    }

    @Test func eventsOfAKeyAreOneJobThatKeepsItsTime() throws {
        try make(delay: 60_000)
        let first = try fixture.value("select event_id || ' ' || run_at from jobs")
        for _ in 0..<5 { try make(delay: 90_000) }
        #expect(try fixture.value("select event_id || ' ' || run_at from jobs") == first)
        try make("other")
        #expect(try fixture.count("jobs") == 2)
    }

    @Test func aTimerBeginsAgainAndIsAboutTheNewestEvent() throws {
        try make(delay: 1000, restarts: true)
        try make(delay: 3_600_000, restarts: true)
        #expect(try fixture.count("jobs", "run_at > now() + interval '50 minutes'") == 1)
        #expect(try fixture.value("select event_id = (select max(id) from events) from jobs") == "true")
    }

    @Test func whileOneRunsTheNextOneWaits() throws {
        try make()
        var claimer = Claimer()
        let job = try #require(try claimer.claim(limit: 5, now: 0, on: connection).first)
        #expect(job.isShared)
        try make()
        try make()
        #expect(try states == "00 11")
        #expect(try claimer.claim(limit: 5, now: 10_000, on: connection).isEmpty)
        #expect(try Finisher.release([(job, 0)], on: connection).count == 1)
        // The one that was handed back stands for both.
        #expect(try states == "00")
        #expect(try fixture.value("select job_id from jobs") == String(job.id))
    }

    @Test func oneThatFailsStandsForTheNextOneTooAndEndsAfterItsAttempts() throws {
        try make()
        let fixture = fixture
        let runs = Mutex(0)
        let action = TestAction(
            retryPolicy: RetryPolicy(backoff: .milliseconds(1)),
            begun: { _ in
                runs.withLock { $0 += 1 }
                return .step(
                    .commit { job, connection throws(PostgresError) in
                        // A further event comes while it runs.
                        _ = try connection.query(
                            """
                            insert into hookledger.jobs (action, kind, rule, unique_key, event_id, event_received_at)
                            select action, kind, rule, unique_key, event_id, event_received_at
                            from hookledger.jobs where job_id = $1::bigint
                            """, [.bigint(job.id)])
                        return .retry(after: 0, counted: true, reason: "no")
                    })
            })
        for _ in 0..<40 where try fixture.count("jobs", "state = 2") == 0 {
            _ = try fixture.run([action]) { $0.limit = 1 }
            #expect(try fixture.count("jobs", "state = 0") <= 1)
        }
        #expect(runs.withLock { $0 } == 3)
        #expect(try fixture.count("job_attempts", "outcome = 'dead'") == 1)
    }

    @Test func oneWhoseWorkerDiedStandsForTheNextOneToo() throws {
        try make()
        var claimer = Claimer()
        #expect(try claimer.claim(limit: 1, now: 0, on: connection).count == 1)
        try make()
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
        #expect(try Leases.rescue(on: connection).ready.count == 1)
        #expect(try states == "01")
    }

    @Test func aDeadOneThatIsRetriedMeetsNoOther() throws {
        try make()
        #expect(try fixture.run([TestAction.ending(.bury("no"))]).dead == 1)
        try make()
        var filter = JobFilter()
        filter.action = "ops"
        let operators = try fixture.connect(as: "hookledger_operator")
        let report = try DeadLetters.retry(filter, repeatingUncertain: false, on: operators)
        #expect(report.moved.count == 1)
        // Two of a key never run side by side: the one that waits does the work of both.
        #expect(try fixture.count("job_attempts", "outcome = 'skipped'") == 1)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 1)
    }

    @Test func deadOnesOfAKeyBecomeOneAgainAndKeepTheirKey() throws {
        for _ in 0..<2 {
            try make()
            #expect(try fixture.run([TestAction.ending(.bury("no"))]).dead == 1)
        }
        let operators = try fixture.connect(as: "hookledger_operator")
        var filter = JobFilter()
        filter.action = "ops"
        #expect(
            try DeadLetters.retry(filter, repeatingUncertain: false, on: operators).moved.count == 2)
        #expect(try fixture.count("jobs", "unique_key is not null and state = 0") == 1)
        try make()
        #expect(try fixture.count("jobs") == 1)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 1)
    }

    @Test func stepsContinueUntilTheyEndAndAreRepeatedAfterADatabaseError() throws {
        try fixture.enqueue(1)
        let count = Mutex(0)
        @Sendable func step(_ number: Int) -> Step {
            .transact { _, connection throws(PostgresError) in
                count.withLock { $0 += 1 }
                if number == 5 { return .ended(.done(answer: "five")) }
                if number == 3, count.withLock({ $0 }) == 4 {
                    throw PostgresError(state: .serializationFailure, message: "again")
                }
                return step(number + 1)
            }
        }
        #expect(try fixture.run([TestAction(begun: { _ in .step(step(0)) })]).done == 1)
        #expect(count.withLock { $0 } == 7)
    }
}
