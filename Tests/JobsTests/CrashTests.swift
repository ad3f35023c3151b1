import HTTPReceiver
import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

@testable import BatchProcessor
@testable import Jobs

/// Real processes, killed at random moments.
@Suite(.blocking) struct CrashTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    @Test func killedWorkersLoseNothingAndFinishNothingTwice() throws {
        let jobs = 400
        let receiver = try Receiver { number, _ in
            number % 50 == 0 ? .answer(503) : number % 77 == 0 ? .silence : .answer(200, after: 100)
        }
        try fixture.enqueue(jobs, orders: 40, maxAttempts: 1000)
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        var random = SystemRandomNumberGenerator()
        var (kills, taken) = (0, 0)
        let rescuer = try fixture.connect()
        var workers = try (0..<3).map { _ in try program.start("--for", "600s") }
        defer { for worker in workers { worker.terminate(with: .kill) } }
        let deadline = SystemClock.monotonicNanoseconds() + Int64(patience * 1e9)
        while try fixture.count("jobs") > 0, SystemClock.monotonicNanoseconds() < deadline {
            SystemClock.sleep(milliseconds: Int.random(in: 1...60, using: &random))
            guard kills < 20, try fixture.count("jobs", "state = 1") > 0 else { continue }
            let victim = Int.random(in: 0..<workers.count, using: &random)
            workers[victim].terminate(with: .kill)
            kills += 1
            workers[victim] = try program.start("--for", "600s")
            // Nobody waits for a minute here: all leases end. So the living lose theirs too, and come back as late
            // workers whose results must be refused.
            try fixture.superuser.execute(
                "update jobs set lease_until = now() - interval '1 s' where state = 1")
            taken += try Leases.rescue(on: rescuer).ready.count
        }
        #expect(kills >= 3)
        #expect(try fixture.count("jobs") == 0)
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == jobs)
        #expect(
            try fixture.count(
                "(select job_id from job_attempts where outcome = 'done' group by 1 having count(*) > 1) t")
                == 0)
        #expect(try fixture.count("effects", "state = 'done'") == jobs)
        #expect(Set(receiver.taken).count == jobs)
        #expect(try ordersOutOfOrder() == 0)
        #expect(taken > 0)
        // Those that the test recovered, and those that a new worker found first.
        #expect(try fixture.count("job_attempts", "outcome = 'lost'") >= taken)
    }

    /// Attempts at a job that began before the job before it, of the same order and action, was done. Ages are whole
    /// milliseconds, hence the two of slack.
    private func ordersOutOfOrder() throws -> Int {
        try fixture.count(
            """
            (select started_at, lag(finished_at) over (partition by order_row, action order by job_id) as before
                from job_attempts where outcome = 'done') t
            """, "started_at < before - interval '2 ms'")
    }

    @Test func aKilledWorkerRepeatsNoMessageThatCannotBeRecalled() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 150) }
        // One URL, and so one pace, for each message: they go out side by side.
        let program = try BatchProgram(
            fixture, url: receiver.url,
            actions: (1...40).map { "ops\($0): { kind: slack, url: { env: URL_\($0) }, text: \"{event.id}\" }" })
        defer { program.remove() }
        for number in 1...40 { try fixture.enqueue(1, action: "ops\(number)") }
        let first = try program.start("--for", "600s")
        defer { first.terminate(with: .kill) }
        #expect(eventually { receiver.taken.count >= 2 })
        first.terminate(with: .kill)
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
        _ = try Leases.rescue(on: try fixture.connect())
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(Set(receiver.taken).count == receiver.taken.count)
        let done = try fixture.count("effects", "state = 'done'")
        let uncertain = try fixture.count("uncertain_effects", "state = 'uncertain'")
        #expect(done + uncertain == 40 && uncertain >= 1)
        #expect(try fixture.count("dead_letters", "last_error like '%cannot be asked'") == uncertain)
        #expect(receiver.taken.count >= done)
    }

    @Test func sigtermHandsBackAndExitsWithZero() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 300) }
        // One chain: only its head can be under way.
        try fixture.enqueue(30, orders: 1)
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        let worker = try program.start("--for", "600s")
        defer { worker.terminate(with: .kill) }
        #expect(eventually { !receiver.taken.isEmpty })
        worker.signal(.terminate)
        #expect(worker.wait(timeout: .seconds(patience)) == .exited(0))
        let done = try fixture.count("job_attempts", "outcome = 'done'")
        #expect(done == receiver.taken.count && done >= 1)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0") == 30 - done)
    }

    @Test func aRunLogsOneLineOfItsOwn() throws {
        let receiver = try Receiver { number, _ in .answer(number == 1 ? 404 : 200) }
        try fixture.enqueue(3)
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let lines = try program.logged()
        let ends = lines.filter { $0["message"]?.string == "Batch run finished" }
        #expect(ends.count == 1 && lines.count == 4)
        let end = try #require(ends.first)
        for (name, count) in [("claimed", "3"), ("done", "2"), ("dead", "1"), ("retried", "0")] {
            #expect(end[name]?.text == count, "\(name) in \(end)")
        }
        #expect(end["duration_ms"] != nil)
    }

    /// EX_TEMPFAIL: cron's next run may find it back. No socket, a refused port, and a server that does not answer.
    @Test func postgresThatCannotBeReachedIsATemporaryFailure() throws {
        let silent = try Receiver { _, _ in .answer(200, after: 60_000) }
        let program = try BatchProgram(fixture, url: silent.url)
        defer { program.remove() }
        for address in ["host=\(program.folder)", "host=127.0.0.1 port=1", "host=127.0.0.1 port=\(silent.port)"] {
            try Files.write(
                program.config,
                text: """
                    database: "\(address) dbname=hookledger user=hookledger_batch"
                    sources: { shop: { providers: [github], secrets: [ { env: SECRET } ] } }
                    """)
            for arguments in [["--for", "1s"], ["--for", "1s", "--once"]] {
                let run = try program.start(arguments)
                #expect(run.wait(timeout: .seconds(patience)) == .exited(75), "\(address) \(arguments)")
            }
        }
        let ends = try program.logged().filter { $0["message"]?.string == "Batch run ended: Postgres is away" }
        #expect(!ends.isEmpty && ends.allSatisfy { $0["level"] == "error" })
    }

    @Test func exitCodesTellWhatToDo() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        let program = try BatchProgram(fixture, url: receiver.url)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        #expect(Work.status(.noSlot) == .done)
        #expect(try program.start("--for", "soon").wait(timeout: .seconds(patience)) == .exited(64))
        try fixture.superuser.execute("alter schema hookledger rename to elsewhere")
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(78))
        try Files.remove(program.config)
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(78))
    }
}
