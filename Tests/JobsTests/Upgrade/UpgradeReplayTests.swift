import HTTPReceiver
import JSON
import JobsSupport
import Platform
import Postgres
import Synchronization
import TestThreads
import Testing

@testable import Jobs

/// After an upgrade and a rebuild all is replayed, by the real programs: what the version before has sent is not sent again.
@Suite(.blocking) struct UpgradeReplayTests {
    let fixture: JobsFixture
    let receiver: Receiver
    let program: BatchProgram

    init() throws {
        fixture = try LedgerOfBefore.migrated()
        receiver = try Receiver { _, _ in .answer(200) }
        program = try BatchProgram(fixture, url: receiver.url)
        // The rules that the database was filled by.
        try Files.write(
            program.config,
            text: """
                database:
                  conninfo: "\(try fixture.conninfo())"
                  roles: { operator: "\(try fixture.conninfo("hookledger_operator"))" }
                sources: { woocommerce: { providers: [woocommerce], secrets: [ { env: SECRET } ] } }
                actions: { ops: { kind: slack, url: { env: URL_1 }, text: "{event.id}" } }
                rules:
                  - { name: tell, when: { type: order.created }, do: [ops] }
                  - { name: rule-429b91, when: { order.status: AWAITING_SHIPMENT }, do: [ops] }
                retention: { events: 3650d, receipts: 3650d }
                address_guard: { allow_private_hosts: [127.0.0.1, localhost] }
                """)
    }

    private func tool(_ arguments: String...) throws -> String {
        let output = try ChildProcess.run(program.tool(arguments))
        let text = output.text + output.errorText
        #expect([.exited(0), .exited(1)].contains(output.status), "\(text)")
        return text
    }

    private func work() throws {
        for _ in 0..<20 where try fixture.count("jobs", "state in (0, 1) and action = 'ops'") > 0 {
            // Without the pauses that a lost run, and the pace, cost.
            try fixture.superuser.execute(
                """
                update jobs set lease_until = now() - interval '1 second' where state = 1;
                update jobs set run_at = now() where state = 0 and run_at > now() and attempt = 0
                """)
            // Each run posts to Slack once a second: several at once get through in time.
            let runs = try (0..<10).map { _ in try program.start("--once") }
            for run in runs { try #require(run.wait(timeout: .seconds(180)) == .exited(0)) }
        }
        #expect(try fixture.count("jobs", "state in (0, 1) and action = 'ops'") == 0)
    }

    @Test func whatWasSentIsNotSentAgain() throws {
        defer { program.remove() }
        let sent = """
            select md5(string_agg(effect_key || started_at || finished_at, ' ' order by effect_key)) from effects
            where started_at < '2026-11-29 13:00Z' and state = 'done'
            """
        let (before, done) = (try fixture.value(sent), try fixture.count("effects", "state = 'done'"))
        let rows = try fixture.value("select count(*) || ' ' || (select count(*) from events) from orders")
        let jobs = try fixture.count("jobs")
        #expect(try tool("orders", "rebuild").contains("and were written"))
        #expect(try tool("orders", "rebuild", "--check").contains("75 orders, 0 differ"))
        #expect(try fixture.count("jobs") == jobs)
        #expect(receiver.taken.isEmpty)

        // What was open at the upgrade is done, once.
        try work()
        let open = try fixture.count("effects", "state = 'done'") - done
        #expect(receiver.taken.count == open)
        let had = "action = 'ops' and reason = 'the effect had happened before'"
        let repeated = try fixture.count("job_attempts", had)
        #expect(try fixture.value(sent) == before)
        let shown = try tool("replay", "--all", "--over", "0")
        #expect(shown.contains("135"), "\(shown)")
        try work()
        #expect(receiver.taken.count == open)
        #expect(try fixture.value(sent) == before)
        #expect(try fixture.count("job_attempts", had) >= repeated + 49)
        #expect(try fixture.value("select count(*) || ' ' || (select count(*) from events) from orders") == rows)
    }
}
