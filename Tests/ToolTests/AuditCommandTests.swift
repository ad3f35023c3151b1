import JSON
import JobsSupport
import Ledger
import Patience
import Platform
import Postgres
import Settings
import StackSuite
import Testing
import Webhooks

/// `hookledger audit` on a real database and log files of the test's own.
@Suite(.place) struct AuditCommandTests {
    private let fixture: JobsFixture
    private let program: BatchProgram
    /// Some time within the last day, in microseconds since 1970.
    private let begin = (SystemClock.wallMicroseconds() / 1_000_000 - 7200) * 1_000_000

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1", more: "spool: spool\nlog: { hooks: log/hooks.log }")
        try Files.makeFolder(program.folder + "/log")
        _ = try KeyFile.create(program.folder + "/keys/credentials.key")
        _ = try KeyFile.create(program.folder + "/keys/audit.key")
    }

    private func id(_ number: Int) -> String { String(repeating: "0", count: 24) + "\(10_000_000 + number)" }

    private func seconds(_ microseconds: Int64) -> String {
        let rest = "\(1000 + microseconds % 1_000_000 / 1000)".dropFirst()
        return "\(microseconds / 1_000_000).\(rest)"
    }

    /// The line of a request, answered 5 ms after it was received.
    private func line(_ number: Int, at: Int64, _ trace: String, status: Int = 200) -> String {
        "\(seconds(at + 5000)) \(id(number)) \(status) 0.005 \(trace) /webhook/tiktok\n"
    }

    private func log(_ name: String, _ text: String) throws {
        try Files.write(program.folder + "/log/" + name, text: text)
    }

    /// Makes events 1…count, one each 10 ms, with those request ids.
    private func events(_ count: Int, origin: String = "delivery", from first: Int = 1) throws {
        _ = try fixture.superuser.query(
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, origin, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body)
            select n, 'epoch'::timestamptz + ($1::bigint + n * 10000) * interval '1 microsecond', 'shop', 'tiktok_shop', '1', 'order.updated', 'stored', $4,
                'signature', 's', lpad((10000000 + n)::text, 32, '0'), '', 'POST', '/', '', '[]', '' from generate_series($3::int, $2::int) as n
            """, [.bigint(begin), .bigint(Int64(first + count - 1)), .bigint(Int64(first)), .text(origin)])
    }

    private func received(_ number: Int) -> Int64 { begin + Int64(number) * 10_000 }

    private func stored(_ number: Int) -> String {
        line(number, at: received(number), "stored:\(number):\(received(number))")
    }

    private func audit(_ arguments: String...) throws -> ChildOutput {
        try ChildProcess.run(program.tool(["audit"] + arguments))
    }

    private func report(_ arguments: String...) throws -> (JSONValue, Platform.ExitStatus) {
        let output = try ChildProcess.run(program.tool(["audit"] + arguments + ["--json"]))
        return (try JSONValue(parsing: Array(output.text.utf8)), output.status)
    }

    private func spooled(_ number: Int) -> SpooledDelivery {
        SpooledDelivery(
            source: "shop", provider: "tiktok_shop",
            delivery: Delivery(
                requestID: id(number), receivedAt: Timestamp(microseconds: received(number)), path: "/webhook/tiktok",
                headers: HeaderFields(), body: []))
    }

    @Test func everyAnswerIsCounted() throws {
        defer { program.remove() }
        try events(30)
        try events(1, origin: "spool", from: 40)
        _ = try fixture.superuser.query("insert into spooled_duplicates values ('\(id(41))', now(), 1)")
        try Spool(folder: program.folder + "/spool", key: KeyFile.load(program.folder + "/keys/credentials.key"))
            .keep([spooled(42)])
        var first = ""
        for number in 1...10 { first += stored(number) }
        try log("hooks.log.2", first)
        #expect(try ChildProcess.run(ChildCommand(["gzip", program.folder + "/log/hooks.log.2"])).succeeded)
        var text = ""
        for number in 11...20 { text += stored(number) }
        // Without a word, and with a wrong one: the ledger decides.
        text += line(21, at: received(21), "")
        text += line(22, at: received(22), "stored:7:\(received(7))")
        text += line(50, at: received(50), "duplicate:3") + line(51, at: received(51), "duplicate:0")
        text += line(40, at: received(40), "spooled") + line(41, at: received(41), "spooled")
        text += line(42, at: received(42), "spooled") + line(60, at: received(60), "handshake")
        text += line(61, at: received(61), "", status: 401) + line(62, at: received(62), "", status: 503)
        text += "1764 torn\n"
        text += line(63, at: begin - 100 * 86_400_000_000, "stored:1:1")
        text += line(64, at: SystemClock.wallMicroseconds() - 60_000_000, "stored:999:1")
        try log("hooks.log", text)
        let (found, status) = try report("--since", "2026-01-01")
        #expect(status == .exited(0))
        let expected = [
            "answered": 29, "events": 23, "duplicates": 2, "handshakes": 1, "spooled": 1, "refused": 2, "too_old": 2,
            "unreadable": 1, "missing": 0, "unlogged": 8, "files": 2, "lines": 31,
        ]
        for (name, count) in expected { #expect(found[name]?.text == "\(count)", "\(name): \(found)") }
        let run = "select events || ' ' || missing || ' ' || kind || ' ' || (link is not null) from audit_runs"
        #expect(try fixture.value(run) == "23 0 manual true")
        #expect(try audit("verify").succeeded)
    }

    @Test func whatIsNotStoredIsNamed() throws {
        defer { program.remove() }
        try events(5)
        try fixture.superuser.execute("delete from events where id = 3")
        try log("hooks.log", (1...5).map(stored).joined() + line(9, at: received(9), "spooled"))
        let output = try audit()
        #expect(output.status == .exited(1), "\(output.errorText)")
        #expect(output.text.contains("answered but not stored: 2") && output.text.hasSuffix("\(id(3))\n\(id(9))"))
        #expect(try fixture.value("select missing_ids::text from audit_runs") == "{\(id(3)),\(id(9))}")
        // An answer that repeats an event that is not there.
        try log("hooks.log", line(7, at: received(7), "duplicate:3"))
        #expect(try report().1 == .exited(1))
    }

    /// What a person compares by hand does not hide that the nightly audit is broken, or what it found.
    @Test func aManualAuditIsNotTheNightlyOne() throws {
        defer { program.remove() }
        try events(3)
        try log("hooks.log", stored(1) + stored(2))
        #expect(try report().1 == .exited(0))
        #expect(try fixture.count("audit_state") == 0)
        try fixture.superuser.execute("delete from events where id = 2")
        #expect(try report("--scheduled").1 == .exited(1))
        #expect(try report("--since", "1min").1 == .exited(0))
        let last = "select r.kind || ' ' || s.missing from audit_state as s join audit_runs as r on r.id = s.run_id"
        #expect(try fixture.value(last) == "scheduled 1")
        let page = try MetricsPage.text(on: fixture.superuser)
        #expect(page.contains("\nhookledger_audit_missing{") && page.contains("} 1\n"))
    }

    @Test func aScheduledAuditContinuesAndAHostWithoutALogIsReported() throws {
        defer { program.remove() }
        #expect(try audit().status == .exited(69))
        #expect(try audit("--scheduled", "--since", "2h").status == .exited(64))
        try events(2)
        try log("hooks.log", stored(1) + stored(2))
        #expect(try report("--scheduled").0["events"]?.text == "2")
        let (again, status) = try report("--scheduled")
        #expect(status == .exited(0) && again["events"]?.text == "0")
        let until = "select count(*) from audits as a join audits as b on b.since = a.until and b.id > a.id"
        #expect(try fixture.value(until) == "1")
        // The clock was ahead at the last one, and is set back.
        try fixture.superuser.execute("update audits set until = until + interval '1 year' where id = 2")
        #expect(try report("--scheduled").1 == .exited(0))
        #expect(try fixture.value(until) == "2")
        // Another file, given by hand.
        #expect(try report("--log", program.folder + "/log/hooks.log").0["events"]?.text == "2")
    }

    /// A run that is killed leaves nothing, and the next one begins where it did.
    @Test func aKilledRunLeavesNothing() throws {
        defer { program.remove() }
        let count = 60_000
        try events(count)
        var text = ""
        for number in 1...count { text += stored(number) }
        try log("hooks.log", text)
        try fixture.superuser.execute("begin; lock table audits in access exclusive mode")
        let run = try ChildProcess.spawn(program.tool(["audit", "--scheduled"]))
        #expect(
            try eventually {
                // A transaction keeps what it has seen of other sessions.
                try fixture.superuser.execute("select pg_stat_clear_snapshot()")
                return try fixture.superuser.query(
                    "select from pg_stat_activity where application_name = 'hookledger-audit' and wait_event_type = 'Lock'"
                )
                .count == 1
            })
        run.signal(.kill)
        _ = run.wait()
        try fixture.superuser.execute("rollback")
        #expect(try fixture.count("audits") == 0)
        let (found, status) = try report("--scheduled")
        #expect(status == .exited(0) && found["events"]?.text == "\(count)" && found["missing"]?.text == "0")
    }

    /// However long the logs are, plain or compressed, 1,000 lines are in memory.
    @Test func anAuditNeedsNoMoreMemoryForMoreLines() throws {
        defer { program.remove() }
        try events(1000)
        var text = ""
        for number in 1...1000 { text += stored(number) }
        try log("hooks.log", text)
        let few = try peak(lines: 1000)
        // The same lines a hundred times, or a thousand times with HOOKLEDGER_FULL=1: half of them in a rotated file.
        let times = Environment.value(of: "HOOKLEDGER_FULL") == "1" ? 1000 : 100
        let half = String(repeating: text, count: times / 2)
        try log("hooks.log", half)
        try log("hooks.log.1", half)
        #expect(try ChildProcess.run(ChildCommand(["gzip", program.folder + "/log/hooks.log.1"])).succeeded)
        let many = try peak(lines: times * 1000)
        #expect(Double(many) < Double(few) * 1.3, "\(few) KiB, then \(many) KiB")
    }

    /// The most memory that an audit had, in KiB.
    private func peak(lines: Int) throws -> Int {
        let script = """
            from resource import getrusage, RUSAGE_CHILDREN
            from subprocess import run
            from sys import argv, stderr
            done = run(argv[1:], check=True, capture_output=True, text=True)
            print(done.stdout, file=stderr)
            print(getrusage(RUSAGE_CHILDREN).ru_maxrss)
            """
        var command = program.tool(["audit", "--json", "--since", "2026-01-01"])
        command.arguments = ["python3", "-c", script] + command.arguments
        let begin = SystemClock.monotonicNanoseconds()
        let output = try ChildProcess.run(command, timeout: .seconds(900))
        let microseconds = (SystemClock.monotonicNanoseconds() - begin) / 1000 / Int64(lines)
        let found = try JSONValue(parsing: Array(output.errorText.utf8))
        #expect(found["events"]?.text == "\(lines)" && found["missing"]?.text == "0", "\(found)")
        let peak = try #require(Int(output.text))
        print("an audit of \(lines) lines took \(peak) KiB, and \(microseconds) µs a line")
        return peak
    }

    /// 200,000 events: a batch of lines is a few buffers a line, and no statement reads a table from end to end.
    @Test func aBatchReadsFewBuffers() throws {
        defer { program.remove() }
        try events(200_000)
        try fixture.superuser.execute("analyze events")
        let plan = try fixture.superuser.query(
            """
            explain (analyze, buffers, format text)
            select a.n from (
                select n as id, 'epoch'::timestamptz + (\(begin) + n * 10000) * interval '1 microsecond' as received_at,
                    lpad((10000000 + n)::text, 32, '0') as request_id, n
                from generate_series(100001, 101000) as n) as a
            cross join lateral (
                select from hookledger.events as e
                where e.received_at = a.received_at and e.id = a.id and e.request_id = a.request_id limit 1) as e
            """)
        let text = try plan.map { try $0.text(at: 0) }.joined(separator: "\n")
        let first = try #require(text.firstMatch(of: /shared hit=(\d+)(?: read=(\d+))?/))
        let buffers = (Int(first.1) ?? 0) + (first.2.flatMap { Int($0) } ?? 0)
        #expect(buffers < 8 * 1000, "\(text)")
    }

    /// Killed between the checkpoint and the end of the deletion, or while it reads: the chain is as it was.
    @Test(arguments: ["prune", "verify"]) func aKilledCommandLeavesTheChainWhole(command: String) throws {
        defer { program.remove() }
        for _ in 0..<5 {
            try fixture.superuser.execute("insert into operator_log (actor, action, subject) values ('a', 'b', 'c')")
        }
        _ = try Chain(key: KeyFile.load(program.folder + "/keys/audit.key")).seal(
            at: Timestamp(microseconds: begin - 40 * 86_400_000_000), over: fixture.superuser)
        let links = "select count(*) || ' ' || max(seq) || ' ' || (select count(*) from operator_log) from chain_links"
        let before = try fixture.value(links)
        // A writer of the log, or whoever changes the table, is in the way.
        let lock =
            command == "prune"
            ? "select from operator_log for update" : "lock table operator_log in access exclusive mode"
        try fixture.superuser.execute("begin; \(lock)")
        let arguments = command == "prune" ? ["audit", "prune", "--before", "31d", "--yes"] : ["audit", "verify"]
        let run = try ChildProcess.spawn(program.tool(arguments))
        #expect(
            try eventually {
                try fixture.superuser.execute("select pg_stat_clear_snapshot()")
                return try fixture.superuser.query(
                    """
                    select from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'
                    """
                ).count == 1
            })
        run.signal(.kill)
        _ = run.wait()
        try fixture.superuser.execute("rollback")
        #expect(
            try eventually {
                try fixture.superuser.execute("select pg_stat_clear_snapshot()")
                return try fixture.superuser.query(
                    """
                    select from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                    """
                ).count == 0
            })
        #expect(try fixture.value(links) == before)
        #expect(try audit("verify").succeeded)
        let pruned = try audit("prune", "--before", "31d", "--yes")
        #expect(pruned.succeeded && pruned.text.hasPrefix("Deleted 5 rows of operator_log"), "\(pruned.text)")
        #expect(try audit("verify").succeeded)
    }

    @Test func pruningIsAskedForAndRecorded() throws {
        defer { program.remove() }
        #expect(try audit("prune", "--before", "2h").status == .exited(64))
        #expect(try audit("prune", "--before", "31d").status == .exited(64))
        try fixture.superuser.execute("insert into operator_log (actor, action, subject) values ('a', 'b', 'c')")
        _ = try Chain(key: KeyFile.load(program.folder + "/keys/audit.key")).seal(
            at: Timestamp(microseconds: begin - 40 * 86_400_000_000), over: fixture.superuser)
        let pruned = try audit("prune", "--before", "31d", "--yes")
        #expect(pruned.succeeded && pruned.text.hasPrefix("Deleted 1 row of operator_log and 0 audits, up to link 1."))
        #expect(try fixture.value("select action || ' ' || subject from operator_log") == "audit.prune link:1")
        let link = try #require(pruned.text.split(separator: " ").last).description
        #expect(try audit("verify", "--link", link).text.contains("nothing is wrong"))
        try fixture.superuser.execute(
            "delete from operator_log; delete from chain_links; update chain_head set seq = 0, mac = ''")
        let cut = try audit("verify", "--link", link)
        #expect(cut.status == .exited(1) && cut.text.contains("the chain was cut off"), "\(cut.text)")
        #expect(try audit("verify", "--link", "x").status == .exited(64))
    }
}
