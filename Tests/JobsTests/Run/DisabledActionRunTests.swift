import HTTPReceiver
import JSON
import JobsSupport
import Platform
import TestThreads
import Testing

@testable import Jobs

/// A typo in one action ends no run: the other actions run, and its own jobs are held until it is corrected.
@Suite(.blocking) struct DisabledActionRunTests {
    @Test func theOtherActionsRunAndItsJobsWait() throws {
        let fixture = try JobsFixture()
        let receiver = try Receiver { _, _ in .answer(200) }
        let url = "http://127.0.0.1:\(receiver.port)/"
        let program = try BatchProgram(
            fixture, url: url,
            actions: [
                "ops: { kind: http, url: \"\(url)\", backoff: 10ms, alerts: true }",
                "bad: { kind: http, urll: \"\(url)\" }",
            ])
        defer { program.remove() }
        try fixture.enqueue(3)
        try fixture.enqueue(2, action: "bad")
        #expect(try program.start("--once").wait() == .exited(0))
        #expect(try fixture.count("job_attempts", "outcome = 'done' and action = 'ops'") >= 3)
        #expect(try fixture.count("jobs", "action = 'bad' and state = 3 and hold_reason = 'disabled_action'") == 2)
        // An alert names the command that shows the mistake.
        let topics = "select string_agg(topic, ' ') from alerts where topic like 'disabled_action:%'"
        #expect(try fixture.value(topics) == "disabled_action:bad")
        let log = try program.logged().compactMap { $0["message"]?.string }
        #expect(log.contains { $0.contains("actions.bad") })

        try Files.write(program.config, text: Files.readText(program.config).replacing("urll", with: "url"))
        #expect(try program.start("--once").wait() == .exited(0))
        #expect(try fixture.count("job_attempts", "outcome = 'done' and action = 'bad'") == 2)
        #expect(try fixture.count("jobs", "state = 3") == 0)
    }
}
