import JobsSupport
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// A run and jobs of another revision than its own.
@Suite(.blocking) struct RevisionTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    /// Says of every job that its rule is gone.
    private struct Objecting: ConditionCheck {
        func objection(to subject: JobSubject) -> String? { "the rule is gone" }
    }

    private func enqueue(revision: String, action: String = "ops") throws {
        try fixture.enqueue(1, action: action)
        try fixture.superuser.execute("update jobs set revision = \(revision)")
    }

    private func run(_ own: Int32, conditions: any ConditionCheck = NoConditions()) throws -> RunReport {
        let revision = ConfigurationRevision(ConfigurationRecord(content: "{}", file: "{}"))
        revision.got(own)
        return try fixture.run([TestAction.ending(.done())], conditions: conditions) { $0.revision = revision }
    }

    @Test func newerJobsAreLeftAlone() throws {
        try enqueue(revision: "5")
        #expect(try run(4).claimed == 0)
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0") == 1)
        #expect(try run(5).done == 1)
    }

    @Test(arguments: ["null", "4", "5"]) func ownOlderAndUnnumberedJobsRun(_ revision: String) throws {
        try enqueue(revision: revision)
        #expect(try run(5).done == 1)
    }

    /// The host with the newer configuration may be away. Nothing is skipped then for what only that one knows.
    @Test(arguments: ["ops", "gone"]) func aNewerJobDoesNotWaitWithoutEnd(_ action: String) throws {
        try enqueue(revision: "5", action: action)
        try fixture.superuser.execute("update jobs set run_at = now() - interval '11 minutes'")
        let report = try run(4, conditions: Objecting())
        #expect(report.retried == 1 && report.skipped == 0)
        #expect(
            try fixture.count("jobs", "state = 0 and attempt = 0 and last_error like '%revision 5%still uses 4'") == 1)
    }

    @Test func aJobWhoseActionIsGoneIsSkipped() throws {
        try enqueue(revision: "4", action: "gone")
        #expect(try run(5).skipped == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason like '%no action gone%'") == 1)
        #expect(try fixture.count("jobs") == 0)
    }

    @Test func aSuspectOfANewerRevisionIsLeftAlone() throws {
        try enqueue(revision: "5")
        try fixture.superuser.execute("update jobs set attempt = 2, last_error = '\(Lease.lost)'")
        #expect(try run(4).claimed == 0)
        #expect(try run(5).done == 1)
    }
}
