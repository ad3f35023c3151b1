import Jobs
import JobsSupport
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// Workers killed at random moments while destinations of both sorts take their requests. 10,000 jobs with
/// HOOKLEDGER_FULL=1, fewer without.
@Suite(.blocking) struct KilledWorkersTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    private static let isFull = Environment.value(of: "HOOKLEDGER_FULL") == "1"
    private static let posts = isFull ? 9600 : 560
    private static let messages = isFull ? 400 : 40

    @Test func everyEffectHappensOnceWhereThatCanBeHadAndIsReportedWhereNot() throws {
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x",
            actions: ["out: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }"]
                + (1...40).map { "ops\($0): { kind: slack, url: { env: URL_\($0) }, text: \"event {event.id}\" }" })
        defer { program.remove() }
        try fixture.enqueue(Self.posts, orders: 50, action: "out", maxAttempts: 1000)
        for number in 1...40 {
            try fixture.enqueue(Self.messages / 40, action: "ops\(number)", maxAttempts: 1000)
        }
        let kills = try work(program)
        #expect(kills >= 3)
        #expect(try fixture.count("jobs", "state <> 2") == 0)
        // The receiver tells repetitions by their id.
        let taken = try standIns.effects("receiver")
        #expect(taken.count == Self.posts && taken.values.allSatisfy { $0 == 1 })
        // Slack cannot: none twice, and what may or may not have happened is said, no more and no less.
        let told = try standIns.effects("slack")
        let done = try fixture.count("effects", "action like 'ops%' and state = 'done'")
        let uncertain = try fixture.count("uncertain_effects", "action like 'ops%' and state = 'uncertain'")
        #expect(told.values.allSatisfy { $0 == 1 })
        #expect(done + uncertain == Self.messages && (done...(done + uncertain)).contains(told.count))
        #expect(try fixture.count("dead_letters") == uncertain)
        print("\(Self.posts + Self.messages) jobs, \(kills) workers killed: \(uncertain) messages uncertain")
    }

    /// Three workers, of which one is killed every now and then.
    private func work(_ program: BatchProgram) throws -> Int {
        var kills = 0
        let rescuer = try fixture.connect()
        var workers = try (0..<3).map { _ in try program.start("--for", "300s") }
        defer { for worker in workers { worker.terminate(with: .kill) } }
        let deadline = SystemClock.monotonicNanoseconds() + (Self.isFull ? 600 : 120) * 1_000_000_000
        while try fixture.count("jobs", "state <> 2") > 0, SystemClock.monotonicNanoseconds() < deadline {
            SystemClock.sleep(milliseconds: Int.random(in: 20...150))
            guard kills < (Self.isFull ? 200 : 15), try fixture.count("jobs", "state = 1") > 0 else { continue }
            let victim = Int.random(in: 0..<workers.count)
            workers[victim].terminate(with: .kill)
            kills += 1
            workers[victim] = try program.start("--for", "300s")
            // Nobody waits for a minute here. The living lose their leases, too, and come back as late workers.
            try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
            _ = try Leases.rescue(on: rescuer)
        }
        return kills
    }
}
