import HTTPReceiver
import JobsSupport
import Outbound
import Patience
import Platform
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// A destination that answers 429 holds the jobs of its account, in all runs.
@Suite(.blocking) struct RateLimitTests {
    /// A number of requests in each span of time; 429 for the others.
    private final class Limit: Sendable {
        private let spans = Locked<[Int64: Int]>([:])
        private let refused = Locked(0)
        private let most: Int
        private let seconds: Int64

        init(_ most: Int, every seconds: Int64) { (self.most, self.seconds) = (most, seconds) }

        var refusals: Int { refused.withLock { $0 } }

        func answer() -> Receiver.Behaviour {
            let span = SystemClock.monotonicNanoseconds() / (seconds * 1_000_000_000)
            let number = spans.withLock {
                $0[span, default: 0] += 1
                return $0[span, default: 0]
            }
            guard number > most else { return .answer(200) }
            refused.withLock { $0 += 1 }
            return .refuse(429, retryAfter: "\(seconds)")
        }
    }

    @Test func sixtyJobsOfTwoRunsMakeFewRequestsAndKeepTheirOrder() throws {
        let fixture = try JobsFixture()
        let limit = Limit(10, every: 2)
        let receiver = try Receiver { _, _ in limit.answer() }
        // A retry that is counted would end a job here.
        try fixture.enqueue(60, orders: 40, maxAttempts: 1)
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        let runs = try (0..<2).map { _ in try program.start("--for", "600s") }
        defer { for run in runs { run.terminate(with: .kill) } }
        #expect(try eventually { try fixture.count("jobs") == 0 } && fixture.count("dead_letters") == 0)
        #expect(try fixture.count("effects", "state = 'done'") == 60)
        #expect(receiver.taken.count == 60 + limit.refusals)
        // Those under way when the first was refused, and then a few each time.
        #expect(limit.refusals >= 1 && limit.refusals <= 90, "\(limit.refusals) were refused")
        #expect(try fixture.count("job_attempts", "outcome = 'retry'") == limit.refusals)
        let disorder = """
            select count(*) from job_attempts a join job_attempts b using (order_row)
            where a.outcome = 'done' and b.outcome = 'done' and a.job_id < b.job_id and a.finished_at > b.finished_at
            """
        #expect(try fixture.value(disorder) == "0")
        // The row says whose requests wait, and goes with the first success.
        #expect(try fixture.count("destinations") == 0)
        print("60 jobs, two runs: \(receiver.taken.count) requests, \(limit.refusals) of them refused")
    }

    @Test func anotherRunWaitsAsLongAsTheDestinationAsked() throws {
        let fixture = try JobsFixture()
        let receiver = try Receiver { _, _ in .refuse(503, retryAfter: "600") }
        try fixture.enqueue(40)
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        _ = try program.start("--for", "1s").wait(timeout: .seconds(patience))
        let first = receiver.taken.count
        #expect((1...32).contains(first))
        let row = "destination like '127.0.0.1:% (account %)' and reason like '%503%'"
        #expect(try fixture.count("destinations", row + " and open_until > now() + interval '550 s'") == 1)
        #expect(try fixture.count("slow_destinations", "open_until is not null") == 1)
        try fixture.superuser.execute("update jobs set run_at = now()")
        _ = try program.start("--for", "1s").wait(timeout: .seconds(patience))
        #expect(receiver.taken.count == first)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0") == 40)
        // Its time is over: one request asks.
        try fixture.superuser.execute("update jobs set run_at = now(); update destinations set open_until = now()")
        _ = try program.start("--for", "1s").wait(timeout: .seconds(patience))
        #expect(receiver.taken.count == first + 1)
    }

    @Test func anotherAccountOfTheSameHostContinues() throws {
        let limited = TestAction(
            name: "limited", retryPolicy: RetryPolicy(backoff: .milliseconds(1)), account: "one", begun: Self.request,
            judged: { _ in .retry(after: 60_000, counted: false, reason: "answered 429") })
        let other = TestAction(name: "other", account: "two", begun: Self.request)
        let world = RunWorld([limited, other]) { options in
            options.once = false
            options.duration = .seconds(30)
        }
        world.enqueue(50, action: "limited")
        world.enqueue(50, action: "other")
        let report = try #require(world.run())
        #expect(report.done == 50 && report.dead == 0)
        #expect(world.sent.count <= 50 + 32)
        let busy = world.notes.count { if case .destinationBusy = $0 { true } else { false } }
        #expect(busy == 1)
    }

    private static let request: @Sendable (JobSubject) -> TestAction.Begin = { _ in
        .request(HTTPRequest(method: "POST", url: "http://a.example/"))
    }
}

@Suite struct AccountBreakerTests {
    private static let busy = Breakers.Sign.busy(wish: 5000, reason: "429")
    private static let key = Account.key("token", at: "a:1")

    @Test func opensAtOnceForAsLongAsItIsAsked() {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        #expect(breakers.note(Self.key, Self.busy, now: 0) == .opened(wait: 5000, reason: "429"))
        #expect(breakers.verdict(Self.key, now: 4999) == .wait(until: 5000))
        // What was under way neither closes it nor is news, unless the wait is longer.
        #expect(breakers.note(Self.key, .up, now: 10) == nil)
        #expect(breakers.note(Self.key, Self.busy, now: 20) == nil)
        #expect(breakers.verdict(Self.key, now: 4999) == .wait(until: 5000))
        let longer = Breakers.Sign.busy(wish: 60_000, reason: "429")
        #expect(breakers.note(Self.key, longer, now: 20) == .opened(wait: 60_000, reason: "429"))
        #expect(breakers.verdict(Self.key, now: 60_019) == .wait(until: 60_020))
    }

    @Test func allowsOneMoreWithEachRound() {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        #expect(breakers.room(Self.key, of: 32) == 32)
        _ = breakers.note(Self.key, Self.busy, now: 0)
        #expect(breakers.verdict(Self.key, now: 5000) == .probe)
        breakers.beginProbe(Self.key)
        #expect(breakers.note(Self.key, .up, now: 5000) == .closed)
        #expect(breakers.room(Self.key, of: 32) == 2)
        for _ in 0..<3 { _ = breakers.note(Self.key, .up, now: 5000) }
        #expect(breakers.room(Self.key, of: 32) == 3)
        for _ in 0..<5_000 { _ = breakers.note(Self.key, .up, now: 5000) }
        #expect(breakers.room(Self.key, of: 100) == 100)
    }

    @Test func withoutATimeItWaitsLongerEachTime() {
        var breakers = Breakers(threshold: 3, firstWait: 100)
        var waits: [Int64] = []
        for now in [0, 1000, 2000] as [Int64] {
            if now > 0 { breakers.beginProbe(Self.key) }
            if case .opened(let wait, _, _) = breakers.note(Self.key, .busy(wish: nil, reason: "429"), now: now) {
                waits.append(wait)
            }
        }
        #expect(waits == [100, 200, 400])
    }

    @Test func aKeyTellsAccountsApartAndKeepsTheirNames() {
        #expect(Account.key("secret", at: "a:1") != Account.key("other", at: "a:1"))
        #expect(Account.key("secret", at: "a:1") != Account.key("secret", at: "b:1"))
        #expect(!Account.key("secret", at: "a:1").contains("secret"))
        #expect(Account.isKey(Account.key(nil, at: "a:1")) && !Account.isKey("a:1") && !Account.isKey("[::1]:443"))
    }
}
