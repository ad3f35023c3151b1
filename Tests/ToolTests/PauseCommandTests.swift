import HTTPReceiver
import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger pause` and `resume` on a real database, with real runs.
@Suite(.blocking) struct PauseCommandTests {
    let fixture: JobsFixture
    let receiver: Receiver
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        receiver = try Receiver { _, _ in .answer(200) }
        program = try BatchProgram(fixture, url: receiver.url)
    }

    private func run(_ arguments: String...) throws -> (status: Platform.ExitStatus, text: String) {
        let output = try ChildProcess.run(program.tool(arguments))
        return (output.status, output.text + output.errorText)
    }

    private func batch() throws {
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    @Test func aPausedActionWaitsAndIsListedAndRunsAfterwards() throws {
        defer { program.remove() }
        #expect(try run("pause") == (.exited(0), "Nothing is paused."))
        let paused = try run("pause", "ops", "--for", "2h", "--reason", "the ERP is moved")
        #expect(paused.status == .exited(0) && paused.text.hasPrefix("action ops is paused until "))
        try fixture.enqueue(3, orders: 3)
        try batch()
        #expect(try receiver.heads.isEmpty && fixture.count("jobs", "state = 3") == 3)
        let status = try run("status").text
        #expect(status.contains("action ops until ") && status.contains("3 jobs: the ERP is moved"), "\(status)")
        let listed = try run("pause", "--json").text
        let row = try JSONValue(parsing: Array(listed.utf8))
        #expect(row["kind"] == "action" && row["name"] == "ops" && row["waiting_jobs"]?.integer == 3)
        #expect(try run("jobs").text.contains("paused:action:ops"))
        #expect(try run("resume", "ops") == (.exited(0), "action ops is resumed; 3 jobs waited for it."))
        try batch()
        #expect(receiver.heads.count == 3)
        #expect(try run("resume", "ops").status == .exited(1))
        let log = "select string_agg(action || ' ' || coalesce(reason, '-'), ', ' order by id) from operator_log"
        #expect(try fixture.value(log) == "pause the ERP is moved, resume -")
        #expect(try fixture.count("operator_log", "actor like 'cli:%' and subject = 'action:ops'") == 2)
    }

    @Test func whatIsUnknownOrMayMeanTwoThingsIsRefused() throws {
        defer { program.remove() }
        for (name, hint) in [("opps", "\"ops\""), ("shpo", "\"shop\""), ("source:shpo", "\"source:shop\"")] {
            let refused = try run("pause", name)
            #expect(refused.status == .exited(1) && refused.text.contains("did you mean \(hint)?"), "\(refused.text)")
        }
        #expect(try run("pause", "nothing.like.it").status == .exited(1))
        #expect(try run("resume", "ops").text.contains("\"ops\" is not paused"))
        #expect(try run("pause", "ops", "--for", "0").status == .exited(64))
        #expect(try run("pause", "ops", "--for", "soon").status == .exited(64))
        #expect(try run("pause", "--reason", "x").status == .exited(64))
        #expect(try fixture.count("pauses") == 0)
        // A host of an action, with and without its port, and one that only requests name.
        let port = receiver.url.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
        for name in ["127.0.0.1", "127.0.0.1:\(port)", "destination:Api.Example.com"] {
            #expect(try run("pause", name).text.contains("is paused until it is resumed"))
        }
        #expect(try fixture.count("pauses", "kind = 'destination' and name = 'api.example.com'") == 1)
        #expect(try run("resume", "api.example.com").status == .exited(0))
    }
}
