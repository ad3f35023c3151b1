import HTTPReceiver
import JobsSupport
import Outbound
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// What happens to effects when calls fail, and when a worker died during one.
@Suite(.blocking) struct EffectTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// Makes one job whose worker began the effect and died: its lease has ended.
    private func crashDuringCall() throws {
        try fixture.enqueue(1)
        let connection = try fixture.connect()
        var claimer = Claimer()
        let job = try claimer.claim(limit: 1, now: 10_000, on: connection)[0]
        let start = EffectStart(key: "test:\(job.eventID)", job: job, requestHash: [1])
        #expect(try Effects.begin([start], on: connection) == [job.id: .begun])
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s'")
        try rescue()
    }

    private func rescue() throws {
        _ = try Leases.rescue(on: try fixture.connect())
        try fixture.superuser.execute("update jobs set run_at = now()")
    }

    @Test func anEffectIsHadOnceAndKept() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try fixture.enqueue(20)
        let report = try fixture.run([TestAction.posting(receiver.url, doubt: .report)])
        #expect(report.end == .finished)
        #expect(report.claimed == 20 && report.done == 20)
        #expect(receiver.taken.count == 20 && Set(receiver.taken).count == 20)
        #expect(try fixture.count("jobs") == 0)
        #expect(try fixture.count("effects", "state = 'done' and answer = 'ok' and length(request_hash) = 32") == 20)
        #expect(
            try fixture.count(
                "job_attempts",
                "outcome = 'done' and status = 200 and started_at <= first_byte_at and first_byte_at <= finished_at"
                    + " and destination = '127.0.0.1:\(receiver.port)'") == 20)
    }

    private func claimOne() throws -> Job {
        var claimer = Claimer()
        return try #require(claimer.claim(limit: 1, now: 10_000, on: fixture.connect()).first)
    }

    private func begin(_ job: Job, _ key: String = "test:1") throws -> EffectState? {
        try Effects.begin([EffectStart(key: key, job: job, requestHash: [1])], on: fixture.connect())[job.id]
    }

    /// Its lease was given away: nothing may go out, and the row belongs to whoever holds the job.
    @Test func aLateWorkerBeginsNoEffect() throws {
        try fixture.enqueue(1)
        let late = try claimOne()
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s'")
        try rescue()
        let current = try claimOne()
        #expect(try begin(late) == .leaseLost)
        #expect(try fixture.count("effects") == 0)
        #expect(try begin(current) == .begun)
        #expect(try begin(late) == .leaseLost)
    }

    /// While the job that has begun it is open, nobody else takes an effect over.
    @Test func anEffectBelongsToTheOpenJobThatHasBegunIt() throws {
        try fixture.enqueue(2)
        let (first, second) = (try claimOne(), try claimOne())
        #expect(try begin(first) == .begun)
        #expect(try begin(second) == .busy)
        #expect(try fixture.value("select job_id from effects") == "\(first.id)")
        try fixture.superuser.execute("update jobs set state = 2 where job_id = \(first.id)")
        #expect(try begin(second) == .doubtful)
        #expect(try fixture.value("select job_id from effects") == "\(second.id)")
    }

    @Test func whatHasHappenedIsNotRepeated() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try crashDuringCall()
        try fixture.superuser.execute("update effects set state = 'done'")
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .report)]).done == 1)
        #expect(receiver.taken.isEmpty)
        #expect(try fixture.value("select reason from job_attempts where outcome = 'done'") != nil)
    }

    @Test func aCrashDuringTheCallIsReportedWhereNobodyCanBeAsked() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try crashDuringCall()
        let report = try fixture.run([TestAction.posting(receiver.url, doubt: .report)])
        #expect(report.dead == 1 && report.uncertain == 1)
        #expect(receiver.taken.isEmpty)
        #expect(try fixture.count("effects", "state = 'uncertain'") == 1)
        #expect(try fixture.count("uncertain_effects") == 1)
        // Retried by a person who did not clear the effect: still not repeated.
        try fixture.superuser.execute("update jobs set state = 0, attempt = 0, last_error = null")
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .report)]).dead == 1)
        #expect(receiver.taken.isEmpty)
        #expect(try fixture.count("effects", "state = 'uncertain'") == 1)
    }

    @Test func aCrashDuringTheCallIsRepeatedWhereThatIsSafe() throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try crashDuringCall()
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .repeatable)]).done == 1)
        #expect(receiver.taken.count == 1)
        #expect(try fixture.count("effects", "state = 'done'") == 1)
    }

    @Test(arguments: [true, false]) func theDestinationIsAskedFirst(exists: Bool) throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try crashDuringCall()
        var action = TestAction.posting(receiver.url, doubt: .ask)
        let url = receiver.url
        action.asked = { _ in HTTPRequest(method: "GET", url: url, headers: [.init("X-Key", "question")]) }
        action.found = { _ in exists ? .happened(externalID: "theirs-7") : .didNotHappen }
        #expect(try fixture.run([action]).done == 1)
        #expect(receiver.taken.first == "question")
        #expect(receiver.taken.count == (exists ? 1 : 2))
        #expect(
            try fixture.value("select coalesce(external_id, 'ours') from effects") == (exists ? "theirs-7" : "ours"))
    }

    @Test func aQuestionWithoutAnswerIsAskedAgainAndNotCounted() throws {
        let receiver = try Receiver { _, _ in .answer(500) }
        try crashDuringCall()
        var action = TestAction.posting(receiver.url, doubt: .ask)
        let url = receiver.url
        action.asked = { _ in HTTPRequest(method: "GET", url: url, headers: [.init("X-Key", "question")]) }
        #expect(try fixture.run([action]).retried >= 1)
        #expect(Set(receiver.taken) == ["question"])
        #expect(try fixture.count("effects", "state = 'started'") == 1)
        #expect(try fixture.count("jobs", "uncounted >= 1 and attempt = 1") == 1)
    }

    @Test func silenceIsUncertainAndNoConnectionIsNot() throws {
        let receiver = try Receiver { _, _ in .silence }
        try fixture.enqueue(1)
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .report)]).uncertain == 1)
        #expect(receiver.taken.count == 1)
        try fixture.superuser.execute("delete from jobs; delete from effects")
        try fixture.enqueue(1)
        var unreachable = TestAction.posting("http://127.0.0.1:1/", doubt: .report)
        unreachable.retryPolicy = RetryPolicy(backoff: .milliseconds(60_000))
        #expect(try fixture.run([unreachable]).retried == 1)
        // Nothing was sent, so nothing prevents the next attempt.
        #expect(try fixture.count("effects") == 0)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0 and uncounted = 1") == 1)
    }

    @Test func oneKeyIsOneEffectEvenForTwoJobsAtOnce() throws {
        let receiver = try Receiver { _, _ in .answer(200, after: 50) }
        try fixture.enqueue(2)
        var action = TestAction.posting(receiver.url, doubt: .report)
        action.key = { _ in "the same" }
        let report = try fixture.run([action])
        #expect(report.done == 1 && report.retried == 1)
        try fixture.superuser.execute("update jobs set run_at = now()")
        #expect(try fixture.run([action]).done == 1)
        #expect(receiver.taken.count == 1)
    }
}
