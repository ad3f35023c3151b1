import Ledger
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// The numbers of configurations, and what carries them.
@Suite(.blocking) struct ConfigurationTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func reading(_ text: String, file: String? = nil) -> ConfigurationRevision {
        ConfigurationRevision(ConfigurationRecord(content: #"{"file":"\#(text)"}"#, file: file ?? text))
    }

    /// What a program gets that has just read a text.
    /// - Parameter age: how long before this moment it read, in seconds.
    private func number(
        _ text: String, host: String = "a", program: String = "ingest", pid: Int32 = 1, age: Int64 = 0,
        file: String? = nil
    ) throws -> Int32? {
        let revision = reading(text, file: file)
        let report = ConfigurationReport(
            program: program, host: host, pid: pid, using: revision,
            readAt: SystemClock.monotonicNanoseconds() - age * 1_000_000_000)
        try report.write(over: ledger.connect(as: "hookledger_\(program)"))
        return revision.number
    }

    @Test func aChangeGetsANumberAndSoDoesGoingBack() throws {
        #expect(try [number("A"), number("A"), number("B"), number("B"), number("A")] == [1, 1, 2, 2, 3])
        let contents = "select string_agg(content ->> 'file', ' ' order by revision) from configuration_revisions"
        #expect(try ledger.value(contents) == "A B A")
    }

    /// A host that has not got the new files yet stays behind, until it gets them.
    @Test func anotherHostKeepsItsNumber() throws {
        #expect(try [number("A", host: "a"), number("A", host: "b")] == [1, 1])
        #expect(try number("B", host: "a") == 2)
        #expect(try [number("A", host: "b"), number("A", host: "b", program: "batch")] == [1, 1])
        #expect(try [number("B", host: "b"), number("B", host: "a")] == [2, 2])
    }

    /// A batch processor that always differs from the responder of its host, by a variable of its process, is not older.
    @Test func programsOfOneHostThatDifferDoNotWaitForEachOther() throws {
        #expect(try [number("A"), number("A'", program: "batch")] == [1, 2])
        #expect(try number("B") == 3)
        SystemClock.sleep(milliseconds: 50)
        #expect(try number("A'", program: "batch") == 3)
        #expect(try number("C") == 4)
        // This one had read its files before the change.
        #expect(try number("A'", program: "batch", age: 60) == 3)
    }

    /// The pool of the API cannot read the variables beside the file.
    @Test func theAPIHasTheNumberOfItsFile() throws {
        #expect(try number("A", program: "api", file: "f") == nil)
        #expect(try number("A+", file: "f") == 1)
        #expect(try number("A", program: "api", file: "f") == 1)
        #expect(try ledger.value("select count(*) from configurations") == "1")
    }

    @Test func whatIsInUseAndWhatWasRefusedAreShown() throws {
        let connection = try ledger.connect(as: "hookledger_batch")
        let revision = reading("A")
        let report = ConfigurationReport(
            program: "batch", host: "a", pid: 7, using: revision, readAt: SystemClock.monotonicNanoseconds())
        try report.write(over: connection)
        func inUse() throws -> [ConfigurationInUse] { try ConfigurationInUse.all(on: ledger.superuser) }
        #expect(try inUse().map(\.revision) == [1] && inUse()[0].isNewest && inUse()[0].refusal == nil)
        report.refuse("line 3: unknown key")
        try report.write(over: connection)
        #expect(try inUse().map(\.refusal) == ["line 3: unknown key"] && inUse()[0].revision == 1)
        let metrics = try MetricsPage.text(on: ledger.connect(as: "hookledger_api"))
        #expect(metrics.contains(#"hookledger_configuration_revision{host="a",program="batch"} 1"#))
        report.use(reading("B"), readAt: SystemClock.monotonicNanoseconds())
        try report.write(over: connection)
        #expect(try inUse().map(\.revision) == [2] && inUse()[0].refusal == nil)
        // A row that the database has lost is written again.
        try ledger.superuser.execute("delete from configuration_uses")
        try report.leave(over: connection)
        try report.write(over: connection)
        #expect(try inUse().count == 1)
        try report.leave(over: connection)
        #expect(try inUse().isEmpty)
    }

    /// A batch can have deliveries from before and after a reload.
    @Test func eventsAndJobsCarryTheirRevision() throws {
        let (old, new, unknown) = (reading("A"), reading("B"), reading("C"))
        old.got(3)
        new.got(4)
        func recordable(_ id: String, _ revision: ConfigurationRevision?) throws -> Recordable {
            let plain = try Saying(id: id, status: "s", at: 0).recordable(action: "ops")
            return Recordable(
                source: plain.source, normalized: plain.normalized, jobs: plain.jobs, revision: revision)
        }
        let batch = [old, new, unknown, nil].enumerated()
        for result in ledger.writer.record(try batch.map { try recordable("m\($0)", $1) }) { _ = try result.get() }
        for result in ledger.writer.record(try (0..<2).map { try recordable("s\($0)", new) }) { _ = try result.get() }
        let found = """
            select string_agg(concat(coalesce(e.revision::text, '-'), coalesce(j.revision::text, '-')), ' ' order by e.id)
            from events as e join jobs as j on j.event_id = e.id
            """
        #expect(try ledger.value(found) == "33 44 -- -- 44 44")
    }
}
