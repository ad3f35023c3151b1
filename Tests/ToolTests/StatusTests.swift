import HTTPReceiver
import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// `status`, `sources` and `orders list` on a real database, after a real run.
@Suite(.blocking) struct StatusTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func objects(_ arguments: [String], _ program: BatchProgram) throws -> [JSONValue] {
        let output = try ChildProcess.run(program.tool(arguments + ["--json"]))
        try #require(output.succeeded, "\(output.errorText)")
        return try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    private func program(_ receiver: Receiver) throws -> BatchProgram {
        try BatchProgram(fixture, url: receiver.url, more: "alerts: { silent: { shop: 1h } }")
    }

    @Test func oneScreenHasTheWholeState() throws {
        let receiver = try Receiver { _, _ in .answer(404) }
        let program = try program(receiver)
        defer { program.remove() }
        try fixture.enqueue(3, orders: 3)
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        try fixture.enqueue(2)
        try fixture.superuser.execute(
            "update jobs set state = 3, hold_reason = 'shop', held_at = now() where state = 0")
        let values = try #require(try objects(["status"], program).first)
        #expect(values["dead"]?.integer == 3 && values["held"]?.integer == 2 && values["due"]?.integer == 0)
        #expect(values["in_an_hour"]?.integer == 5 && values["revision"]?.integer == 1)
        #expect((values["partition_days"]?.integer ?? 0) > 7 && (values["database_bytes"]?.integer ?? 0) > 0)
        #expect(values["batch_seen_seconds"]?.integer != nil && values["is_held"] == .bool(false))
        #expect(
            values["schema"]?.integer.map(String.init)
                == (try fixture.value("select max(version) from schema_migrations")))
        let screen = try ChildProcess.run(program.tool(["status"])).text
        for line in ["revision 1", "3: hookledger dead list", "0 running, 2 held", "5 in 1 h"] {
            #expect(screen.contains(line), "\(line) in\n\(screen)")
        }
        let lines = screen.split(separator: "\n")
        #expect(lines.count <= 12 && lines.allSatisfy { $0.count <= 80 }, "\(screen)")
    }

    /// A program that refused a configuration, and one that has not got it.
    @Test func whoDoesNotUseTheNewestConfigurationIsNamed() throws {
        let program = try program(try Receiver { _, _ in .answer(200) })
        defer { program.remove() }
        try fixture.superuser.execute(
            """
            insert into configurations (hash, file_hash, content, host) values ('\\x01', '\\x01', '{}', 'a'), ('\\x02', '\\x02', '{}', 'a');
            insert into configuration_uses (host, program, pid, revision, loaded_at, seen_at, refused_at, refusal) values
                ('a', 'ingest', 1, 2, now(), now(), null, null), ('b', 'ingest', 1, 1, now(), now(), now(), 'x: wrong'),
                ('gone', 'api', 1, 1, now(), now() - interval '6 minutes', null, null)
            """)
        let screen = try ChildProcess.run(program.tool(["status"])).text
        #expect(screen.contains("revision 2, used by ingest; ingest on b uses 1; ingest on b refused a newer one"))
        let doctor = try ChildProcess.run(program.tool(["doctor"])).text
        #expect(doctor.contains("ingest on b refused a newer one, and 1 more") && !doctor.contains("gone"))
    }

    @Test func sourcesSayWhatTheySentAndWhetherTheyAreSilent() throws {
        let program = try program(try Receiver { _, _ in .answer(200) })
        defer { program.remove() }
        #expect(try objects(["sources"], program).map { $0["source"]?.string } == ["shop"])
        #expect(try objects(["sources"], program)[0]["is_silent"] == .bool(false))
        try fixture.enqueue(4)
        let row = try objects(["sources"], program)[0]
        #expect(row["events_24h"]?.integer == 4 && row["is_silent"] == .bool(false))
        #expect(row["providers"]?.string == "tiktok_shop tiktok_shop_guide" && row["paths"]?.string?.isEmpty == false)
        try fixture.superuser.execute("update events set received_at = received_at - interval '2 hours'")
        #expect(try objects(["sources"], program)[0]["is_silent"] == .bool(true))
        #expect(try ChildProcess.run(program.tool(["status"])).text.contains("shop for 2 h"))
    }

    @Test func ordersAreListedInPagesAndByWhatTheyHave() throws {
        let program = try program(try Receiver { _, _ in .answer(200) })
        defer { program.remove() }
        try fixture.enqueue(5, orders: 5)
        func ids(_ arguments: String...) throws -> [String] {
            try objects(["orders", "list"] + arguments, program).compactMap { $0["order_id"]?.string }
        }
        #expect(try Set(ids()) == ["1", "2", "3", "4", "5"])
        let first = try objects(["orders", "list", "--limit", "2"], program)
        let rest = try ids("--before", "\(try #require(first.last?["id"]?.integer))")
        #expect(rest.count == 3 && Set(rest + first.compactMap { $0["order_id"]?.string }).count == 5)
        #expect(try ids("--waiting").count == 5 && ids("--status", "PAID").count == 5 && ids("--status", "x").isEmpty)
        #expect(try ids("--source", "nobody").isEmpty)
        let more = try ChildProcess.run(program.tool(["orders", "list", "--limit", "2"]))
        #expect(more.errorText.contains("continue with --before"))
        #expect(try ChildProcess.run(program.tool(["orders", "list", "--limit", "0"])).status == .exited(64))
    }
}
