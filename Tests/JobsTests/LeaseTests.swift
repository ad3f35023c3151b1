import JobsSupport
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// Claims, leases and the fence, on a real cluster.
@Suite(.blocking) struct LeaseTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
    }

    private func claim(_ limit: Int = 100, blocking: [String] = []) throws -> [Job] {
        var claimer = Claimer(blocking: blocking)
        return try claimer.claim(limit: limit, now: 10_000, on: connection)
    }

    private func ending(_ job: Job, _ outcome: Outcome = .done()) -> Ending {
        Ending(
            job: job,
            transition: Transition(outcome, of: job, policy: RetryPolicy(), doubt: .reported, chance: 0.5),
            startedAt: 0, finishedAt: 0)
    }

    private func loseLeases() throws {
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
    }

    @Test func twoClaimsShareNoJobAndCountTheAttempt() throws {
        try fixture.enqueue(10)
        let first = try claim(6)
        let second = try claim(6)
        #expect(first.count == 6 && second.count == 4)
        #expect(Set(first.map(\.id)).isDisjoint(with: second.map(\.id)))
        #expect(first.allSatisfy { $0.attempt == 1 })
        #expect(first.map(\.id) == first.map(\.id).sorted())
        #expect(try claim().isEmpty)
    }

    @Test func jobsOfOneOrderAndActionComeOneAfterAnother() throws {
        try fixture.enqueue(6, orders: 2)
        try fixture.enqueue(2, orders: 2, action: "print")
        let first = try claim()
        #expect(first.count == 4)
        #expect(Set(first.map { "\($0.orderRow ?? 0)-\($0.action)" }).count == 4)
        #expect(try claim().isEmpty)
        _ = try Finisher.write([ending(first[0])], now: 0, on: connection)
        #expect(try claim().map(\.orderRow) == [first[0].orderRow])
    }

    @Test func aDeadLetterBlocksItsSuccessorsOnlyWhereTheActionSaysSo() throws {
        try fixture.enqueue(2, orders: 1)
        let head = try claim()
        _ = try Finisher.write([ending(head[0], .bury("no"))], now: 0, on: connection)
        #expect(try claim(blocking: ["ops"]).isEmpty)
        #expect(try claim(blocking: ["print"]).count == 1)
    }

    @Test func aLateWorkerChangesNothing() throws {
        try fixture.enqueue(1)
        let late = try claim()[0]
        try loseLeases()
        #expect(try Leases.rescue(on: connection).ready == [late.id])
        try fixture.superuser.execute("update jobs set run_at = now()")
        let current = try claim()[0]
        #expect(current.id == late.id && current.leaseToken != late.leaseToken && current.attempt == 2)

        #expect(try Leases.beat([late], on: connection).isEmpty)
        for outcome in [Outcome.done(), .bury("late"), .retry(counted: true, reason: "late")] {
            #expect(try Finisher.write([ending(late, outcome)], now: 0, on: connection).isEmpty)
        }
        #expect(try Finisher.release([(late, 0)], on: connection).isEmpty)
        #expect(try fixture.count("jobs", "state = 1 and attempt = 2 and lease_token = \(current.leaseToken)") == 1)
        #expect(try fixture.count("job_attempts", "outcome <> 'lost'") == 0)

        // The control: without the token the late worker would have taken the job from the other one.
        try fixture.superuser.execute("begin")
        let unfenced = try fixture.superuser.query("delete from jobs where job_id = $1::bigint", [.bigint(late.id)])
        #expect(unfenced.affected == 1)
        try fixture.superuser.execute("rollback")
        #expect(try Finisher.write([ending(current)], now: 0, on: connection) == [current.id])
    }

    @Test func aBeatKeepsTheLeaseFromRescue() throws {
        try fixture.enqueue(2)
        let jobs = try claim()
        try loseLeases()
        #expect(try Leases.beat([jobs[0]], on: connection) == [jobs[0].id])
        #expect(try Leases.rescue(on: connection).ready == [jobs[1].id])
    }

    @Test func aJobThatKillsItsWorkerEndsAndRunsAloneBefore() throws {
        try fixture.enqueue(1, maxAttempts: 4)
        var claimer = Claimer()
        for attempt in 1...4 {
            try fixture.superuser.execute("update jobs set run_at = now() - interval '1 s'")
            // Lost once it still runs among others; lost twice only alone.
            let among = try claimer.claim(limit: 10, now: Int64(attempt) * 10_000, on: connection)
            #expect(among.count == (attempt <= 2 ? 1 : 0))
            if attempt > 2 { #expect(try claimer.claimSuspect(on: connection)?.attempt == attempt) }
            try loseLeases()
            let rescued = try Leases.rescue(on: connection)
            #expect(rescued.dead.count == (attempt == 4 ? 1 : 0))
        }
        #expect(try fixture.value("select state || ' ' || last_error from jobs") == "2 lease expired (worker lost)")
        #expect(try fixture.count("job_attempts", "outcome = 'lost'") == 3)
        #expect(try fixture.count("job_attempts", "outcome = 'dead'") == 1)
    }

    @Test func handingBackDoesNotCount() throws {
        try fixture.enqueue(1)
        let job = try claim()[0]
        #expect(try Finisher.release([(job, 0)], on: connection) == [job.id])
        #expect(try fixture.value("select attempt || ' ' || state from jobs") == "0 0")
        #expect(try fixture.value("select outcome || ' ' || attempt from job_attempts") == "released 1")
        #expect(try claim().first?.attempt == 1)
    }

    @Test func aWaitingHeadTakesItsSuccessorsOutOfTheDueWindow() throws {
        try fixture.enqueue(3, orders: 1)
        let head = try claim()[0]
        _ = try Finisher.write(
            [ending(head, .retry(after: 60_000, counted: true, reason: "500"))], now: 0, on: connection)
        #expect(try fixture.count("jobs", "run_at > now() + interval '30 s'") == 3)
        #expect(try claim().isEmpty)
    }

    @Test func lowerPriorityNumbersComeFirstAndNoneStarves() throws {
        try fixture.enqueue(20)
        try fixture.superuser.execute("update jobs set priority = 5 where job_id % 2 = 0")
        let jobs = try claim(10)
        #expect(jobs.map(\.priority) == jobs.map(\.priority).sorted())
        #expect(jobs.filter { $0.priority == 0 }.count == 7)
        #expect(jobs.filter { $0.priority == 5 }.count == 3)
    }

    @Test func slotsBoundTheRuns() throws {
        let other = try fixture.connect()
        #expect(try Slots.take(of: 1, for: "a", on: connection)?.number == 1)
        #expect(try Slots.take(of: 1, for: "b", on: other) == nil)
        #expect(try Slots.take(of: 2, for: "b", on: other)?.number == 2)
    }
}
