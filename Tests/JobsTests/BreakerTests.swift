import HTTPReceiver
import JobsSupport
import Logging
import Outbound
import Platform
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

@Suite(.blocking) struct BreakerTests {
    private static let down = Breakers.Sign.down(reason: "refused")

    private func opened() -> Breakers {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        for _ in 0..<3 { _ = breakers.note("a:1", Self.down, now: 0) }
        return breakers
    }

    @Test func opensAfterANumberOfOutagesInARowAndOnlyThere() {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        #expect(breakers.note("a:1", Self.down, now: 0) == nil)
        #expect(breakers.note("a:1", Self.down, now: 0) == nil)
        #expect(breakers.note("a:1", .up, now: 0) == nil)
        for _ in 0..<2 { #expect(breakers.note("a:1", Self.down, now: 0) == nil) }
        #expect(breakers.note("a:1", .none, now: 0) == nil)
        #expect(breakers.note("a:1", Self.down, now: 0) == .opened(wait: 100, reason: "refused"))
        #expect(breakers.verdict("a:1", now: 50) == .wait(until: 100))
        #expect(breakers.verdict("b:1", now: 50) == .go)
        // Those that were under way say nothing new.
        #expect(breakers.note("a:1", Self.down, now: 60) == nil)
    }

    @Test func oneProbeDecides() {
        var breakers = opened()
        #expect(breakers.verdict("a:1", now: 100) == .probe)
        breakers.beginProbe("a:1")
        #expect(breakers.verdict("a:1", now: 100) == .wait(until: 200))
        #expect(breakers.note("a:1", Self.down, now: 150) == .opened(wait: 200, reason: "refused", afterProbe: true))
        #expect(breakers.verdict("a:1", now: 349) == .wait(until: 350))
        #expect(breakers.verdict("a:1", now: 350) == .probe)
        breakers.beginProbe("a:1")
        #expect(breakers.note("a:1", .up, now: 360) == .closed)
        #expect(breakers.verdict("a:1", now: 360) == .go)
    }

    @Test func waitsLongerEachTimeUpToACap() {
        var breakers = opened()
        var (now, waits): (Int64, [Int64]) = (0, [])
        for _ in 0..<30 {
            now += 1_000_000
            #expect(breakers.verdict("a:1", now: now) == .probe)
            breakers.beginProbe("a:1")
            if case .opened(let wait, _, _) = breakers.note("a:1", Self.down, now: now) { waits.append(wait) }
        }
        #expect(waits.prefix(3) == [200, 400, 800] && waits.last == 900_000 && waits.count == 30)
    }

    @Test func knowsWhatOtherRunsKnow() {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        breakers.adopt(["a:1": (left: 500, openings: 4)], now: 1000)
        #expect(breakers.verdict("a:1", now: 1499) == .wait(until: 1500))
        breakers.adopt([:], now: 1100)
        #expect(breakers.verdict("a:1", now: 1100) == .go)
    }
}

/// Destinations that are dead or slow, beside those that are not.
@Suite(.blocking) struct DestinationTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func posting(_ name: String, _ url: String, timeout: Int = 5000) -> TestAction {
        var action = TestAction.posting(url, doubt: .repeatable, timeout: timeout)
        action.name = name
        action.retryPolicy = RetryPolicy(backoff: .milliseconds(1), longestDelay: .milliseconds(50))
        return action
    }

    @Test func aSlowDestinationHoldsUpNoOther() throws {
        let delay = Environment.value(of: "HOOKLEDGER_FULL") == "1" ? 2000 : 100
        let taken = Monitor(0)
        let fast = try Receiver { _, _ in
            taken.change { $0 += 1 }
            return .answer(200)
        }
        // Slow, and answers nobody before all of the fast ones have come: if these were held up, none would continue.
        let slow = try Receiver { _, _ in
            let isFree = taken.wait(timeout: .seconds(200)) { $0 >= 1000 ? true : nil } == true
            return .answer(isFree ? 200 : 400, after: delay)
        }
        // All of the slow ones are older.
        try fixture.enqueue(200, action: "slow")
        try fixture.enqueue(1000, action: "fast")
        let actions = [posting("slow", slow.url, timeout: 240_000), posting("fast", fast.url, timeout: 240_000)]
        let report = try fixture.run(actions) { $0.duration = .milliseconds(600_000) }
        #expect(report.done == 1200 && report.dead == 0 && report.retried == 0)
        #expect(Set(fast.taken).count == 1000 && slow.taken.count == 200)
    }

    @Test func itsShareIsUnderWayToOneAndNoMore() throws {
        let crowd = Crowd()
        let receiver = try Receiver { _, _ in
            crowd.enter()
            return .answer(200, after: 100)
        }
        try fixture.enqueue(40)
        // No request is given up while its place is looked at, however slow the machine.
        let action = posting("ops", receiver.url, timeout: 120_000)
        let report = try fixture.run([action]) { options in
            options.perHost = 5
            options.maxHeld = 12
            options.duration = .milliseconds(240_000)
        }
        // Some were handed back for want of a place: a run with `once` waits for them.
        #expect(report.done == 40 && report.claimed > 40)
        // An answer takes a tenth of a second: never more than five begin within less.
        #expect(crowd.densest(within: 80_000_000) <= 5)
    }

    @Test func placesThatAreFreeAtTheSameTimeAreAllTakenAgain() {
        var held = JobTable()
        for id in Int64(1)...6 {
            let job = Job(
                id: id, action: "ops", kind: "k", purpose: .rule("r"), attempt: 1, maxAttempts: 4, uncounted: 0,
                firstFailedAgo: 0, eventID: 1, eventReceivedAt: 0, leaseToken: 1)
            held.add(Held(job, until: .max, now: 0, leasedAt: 0, alone: false))
            held.change(id) { $0.place = .init(destination: id < 6 ? "a:1" : "b:1", account: "") }
        }
        for _ in 0..<3 { held.wakeNext(for: "a:1") }
        #expect(held.due(.max - 1).map(\.id) == [1, 2, 3])
    }

    @Test func aDeadDestinationBurnsNoAttemptsAndIsAskedOnceInAWhile() throws {
        let receiver = try Receiver { number, _ in number <= 20 ? .silence : .answer(200) }
        try fixture.enqueue(100, action: "dead")
        let action = posting("dead", receiver.url)
        let first = try fixture.run([action]) { options in
            options.perHost = 5
            options.once = false
            options.duration = .milliseconds(1500)
            options.breakerWait = .milliseconds(60_000)
        }
        #expect(first.dead == 0 && first.done == 0)
        // Some were under way when it opened; the others were never sent.
        #expect(receiver.taken.count <= 10)
        #expect(try fixture.count("destinations", "open_until > now() + interval '50 s' and openings = 1") == 1)
        #expect(try fixture.count("jobs", "attempt = 0 and run_at > now() + interval '50 s'") >= 90)
        #expect(try fixture.count("slow_destinations", "open_until is not null") == 1)
        // Another run knows it, and tries nothing.
        try fixture.superuser.execute("update jobs set run_at = now()")
        let taken = receiver.taken.count
        #expect(try fixture.run([action]) { $0.breakerWait = .milliseconds(60_000) }.done == 0)
        #expect(receiver.taken.count == taken)
        // Its time is over: one probe fails, later ones succeed, and everything is done.
        for _ in 0..<60 where try fixture.count("jobs") > 0 {
            try fixture.superuser.execute(
                "update jobs set run_at = now() where state = 0; update destinations set open_until = now()")
            _ = try fixture.run([action]) { options in
                options.breakerWait = .milliseconds(20)
                options.once = false
                options.duration = .milliseconds(500)
            }
        }
        #expect(try fixture.count("jobs") == 0 && fixture.count("destinations") == 0)
        #expect(try fixture.count("effects", "state = 'done'") == 100)
    }
}

/// `give_up` counts on while nothing is sent.
@Suite(.blocking) struct OverdueTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func action(_ name: String, destination: String) -> TestAction {
        var action = TestAction.ending(.retry(counted: false, reason: "unreachable"))
        action.name = name
        action.destination = destination
        action.retryPolicy = RetryPolicy(giveUp: .seconds(20))
        return action
    }

    private func run() throws -> RunReport {
        try fixture.run([action("dead", destination: "d:1"), action("well", destination: "w:1")]) {
            $0.once = false
            $0.duration = .milliseconds(300)
        }
    }

    @Test func whatWaitsForAnOpenBreakerIsGivenUpInTime() throws {
        try fixture.enqueue(4, action: "dead")
        try fixture.enqueue(1, action: "well")
        try fixture.superuser.execute(
            """
            update jobs set run_at = now() + interval '10 min', created_at = now() - interval '1 day';
            insert into destinations (destination, open_until, reason, opened_at)
                values ('d:1', now() + interval '10 min', 'refused', now() - interval '15 s');
            update jobs set first_failed_at = now() - interval '30 s', uncounted = 3 where job_id = 1;
            update jobs set first_failed_at = now() - interval '1 s', uncounted = 3 where job_id = 2;
            update jobs set first_failed_at = now() - interval '1 day', run_at = now() + interval '1 h' where job_id = 3
            """)
        let first = try run()
        #expect(first.dead == 1 && first.claimed == 0)
        let reason = "given up: d:1 has been away for too long (refused)"
        #expect(try fixture.value("select string_agg(job_id || last_error, ' ') from dead_letters") == "1\(reason)")
        #expect(
            try fixture.value("select concat_ws(' ', attempt, outcome, reason, destination) from job_attempts")
                == "4 dead \(reason) d:1")
        // One that was never tried waits since its destination is away; what waits for something else, still waits.
        try fixture.superuser.execute("update destinations set opened_at = now() - interval '21 s'")
        #expect(try run().dead == 1)
        #expect(try fixture.value("select string_agg(job_id::text, ' ' order by job_id) from dead_letters") == "1 4")
        try fixture.superuser.execute("delete from destinations; update jobs set first_failed_at = '2020-01-01'")
        #expect(try run().dead == 0)
    }
}

/// When requests came.
private final class Crowd: Sendable {
    private let times = Locked<[Int64]>([])

    func enter() { times.withLock { $0.append(SystemClock.monotonicNanoseconds()) } }

    /// The most that arrived within a number of nanoseconds.
    func densest(within span: Int64) -> Int {
        let sorted = times.withLock { $0.sorted() }
        return sorted.indices.map { start in sorted[start...].prefix { $0 - sorted[start] < span }.count }.max() ?? 0
    }
}
