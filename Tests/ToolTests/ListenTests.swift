import HTTPReceiver
import JSON
import JobsSupport
import LocalStack
import Outbound
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// `hookledger listen` straight from a database whose transactions commit late and out of order.
@Suite(.blocking) struct ListenTests {
    private let fixture: JobsFixture
    private let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
    }

    private func listener(_ server: DeveloperServer, _ more: [String] = []) -> ChildCommand {
        var command = program.tool(
            [
                "listen", "--forward-to", server.url, "--secret-env", "shop=LOCAL", "--cursor",
                program.folder + "/cursor", "--every", "50", "--json",
            ] + more)
        command.environment?["LOCAL"] = "local"
        command.output = .file(program.folder + "/out")
        command.errors = .null
        return command
    }

    /// Stores events in transactions that draw their ids early and commit late, several at a time.
    private static func store(_ transactions: Int, _ each: Int, _ conninfo: String) throws {
        let connection = try Connection(conninfo: conninfo, applicationName: "late", queryDeadline: .seconds(30))
        for number in 0..<transactions {
            _ = try connection.query(
                """
                with e as (
                    insert into hookledger.events (id, received_at, source, provider, provider_type, type, subject,
                        disposition, verification, scheme, request_id, remote_addr, method, path, query, headers, body)
                    select nextval('hookledger.event_ids'), now(), 'shop', 'tiktok_shop_guide', 'order_created',
                        'order.created', 'order:' || n, 'stored', 'signature', 'tiktok_shop_guide', 'r', '127.0.0.1',
                        'POST', '/webhook/tiktok', '',
                        '[["content-type", "application/json"], ["x-tiktok-shop-signature", "the shop''s own"],
                          ["x-tiktok-shop-timestamp", "1735380000"], ["host", "hooks.example.com"]]',
                        convert_to('{"type":"order_created","data":{"order_id":"' || n || '"}}', 'UTF8')
                    from generate_series(1, $1::int) as n
                    returning id)
                select pg_sleep($2::double precision), count(*) from e
                """, [.bigint(Int64(each)), .double(Double((number * 7) % 5) * 0.04)])
        }
    }

    @Test func aThousandLiveEventsArriveAlthoughTheServerIsRestartedTwiceAndTheListenerOnce() throws {
        defer { program.remove() }
        let conninfo = try SharedCluster.get().conninfo(database: fixture.database)
        try Self.store(1, 3, conninfo)
        let server = try DeveloperServer()
        var listening = try ChildProcess.spawn(listener(server))
        defer { _ = listening.terminate() }
        try #require(eventually { Files.exists(program.folder + "/cursor") })
        // Threads of their own: the waiting below keeps one of the few that tasks share.
        let storing = try (0..<4).map { number in
            try Thread(name: "store-\(number)") { try? Self.store(50, 5, conninfo) }
        }
        for (kill, count) in [(true, 150), (false, 400), (true, 650)] {
            try #require(eventually { try server.received().count >= count })
            if kill {
                try server.restart()
            } else {
                listening.signal(.kill)
                _ = listening.wait()
                listening = try ChildProcess.spawn(listener(server))
            }
        }
        for thread in storing { thread.join() }
        let live = try #require(try fixture.value("select string_agg(id::text, ' ') from events where id > 3"))
        let ids = Set(live.split(separator: " ").compactMap { Int64($0) })
        #expect(ids.count == 1000)
        #expect(try eventually { try Set(server.received()) == ids })
        // Nothing from before it listened, and again only what was under way at a kill.
        #expect(try Set(server.received()) == ids)
        #expect(try server.received().count <= 1000 + 3)
        #expect(try server.paths() == ["/webhook/tiktok"])
        #expect(listening.terminate() == .exited(0))
    }

    @Test func whatIsRefusedIsTriedAndLeft() throws {
        defer { program.remove() }
        let server = try DeveloperServer()
        let command = listener(server, ["--once", "--attempts", "2", "--secret-env", "shop=OTHER"])
        var wrong = command
        wrong.environment?["OTHER"] = "another"
        #expect(try ChildProcess.spawn(wrong).wait(timeout: .seconds(patience)) == .exited(0))
        try Self.store(1, 2, SharedCluster.get().conninfo(database: fixture.database))
        #expect(try ChildProcess.spawn(wrong).wait(timeout: .seconds(patience)) == .exited(0))
        let lines = try Files.readText(program.folder + "/out").split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }.filter { $0["outcome"] == "refused" }
        #expect(lines.count == 2 && lines.allSatisfy { $0["status"]?.integer == 401 })
        #expect(try server.received().isEmpty)
    }

    @Test func replaysAndHandshakesComeMarked() throws {
        defer { program.remove() }
        let receiver = try Receiver { _, _ in .answer(204) }
        func listen(_ more: [String] = []) throws {
            var command = program.tool(
                ["listen", "--forward-to", receiver.url, "--cursor", program.folder + "/cursor", "--once"] + more)
            command.output = .null
            #expect(try ChildProcess.spawn(command).wait(timeout: .seconds(patience)) == .exited(0))
        }
        /// The marks of the requests that have come since the last look.
        var seen = 0
        func marks() -> [String] {
            let heads = receiver.heads.dropFirst(seen)
            seen += heads.count
            return heads.map { head in
                head.lowercased().split(separator: "\r\n").filter { $0.hasPrefix("x-hookledger-") }.joined(
                    separator: ", ")
            }
        }
        try listen()
        try Self.store(1, 1, SharedCluster.get().conninfo(database: fixture.database))
        let id = try #require(try fixture.value("select max(id)::text from events"))
        // A sender's header of that name says nothing.
        try fixture.superuser.execute(
            """
            insert into handshakes (received_at, source, provider, is_signed, status, request_id, remote_addr, method, path,
                headers, body, body_length)
            select now(), 'shop', 'slack', signed, 200, 'r', '192.0.2.1', 'POST', '/webhook/slack',
                '[["x-hookledger-replay", "mine"], ["content-type", "application/json"]]', '{}', 2
            from unnest(array[true, false]) as signed;
            insert into replays (run, event_id, jobs) values ('r1', \(id), 1)
            """)
        try listen()
        #expect(
            marks().sorted() == [
                "x-hookledger-event: \(id)", "x-hookledger-event: \(id), x-hookledger-replay: r1",
                "x-hookledger-handshake: signed",
            ])
        try listen()
        #expect(marks() == [])
        try fixture.superuser.execute(
            "insert into handshakes (received_at, source, provider, is_signed, status, request_id, remote_addr, method, path, headers, body, body_length) values (now(), 'shop', 'slack', false, 200, 'r', '192.0.2.1', 'GET', '/webhook/slack', '[]', '', 0)"
        )
        try listen(["--handshakes"])
        #expect(marks() == ["x-hookledger-handshake: unsigned"])
    }

    @Test func everyTargetHasAPositionOfItsOwn() throws {
        defer { program.remove() }
        func listen(to target: DeveloperServer) throws -> Bool {
            var command = program.tool(
                ["listen", "--forward-to", target.url, "--secret-env", "shop=LOCAL", "--every", "50", "--once"])
            command.environment?["LOCAL"] = "local"
            command.folder = program.folder
            return try ChildProcess.run(command).succeeded
        }
        let (one, other) = (try DeveloperServer(), try DeveloperServer())
        for target in [one, other] { #expect(try listen(to: target)) }
        try Self.store(1, 1, SharedCluster.get().conninfo(database: fixture.database))
        for target in [one, other, one, other] { #expect(try listen(to: target)) }
        let (first, second) = (try one.received(), try other.received())
        #expect(first == [1] && second == [1], "\(first) \(second)")
        #expect(try Files.list(program.folder).count { $0.hasPrefix(".hookledger-listen-") } == 2)
    }

    /// After a restore or a failover the cursor is stale: what was sent is not sent again, and what is new is.
    @Test func aStaleCursorLosesAndDoublesNothing() throws {
        defer { program.remove() }
        let server = try DeveloperServer()
        let path = program.folder + "/cursor"
        let conninfo = try SharedCluster.get().conninfo(database: fixture.database)
        func listen() throws {
            var command = listener(server, ["--once"])
            command.errors = .file(program.folder + "/errors")
            #expect(try ChildProcess.spawn(command).wait(timeout: .seconds(patience)) == .exited(0))
        }
        try listen()
        try Self.store(1, 3, conninfo)
        try listen()
        #expect(try server.received().count == 3)
        try Self.store(1, 2, conninfo)
        // As in another timeline of the cluster.
        var cursor = try #require(try JSONValue(parsing: Files.read(path)).object)
        let text = try #require(cursor["cursor"]?.string)
        let rest = text.drop { $0 != "-" }
        cursor["cursor"] = .string("1.1" + rest)
        try Files.write(path, text: JSONValue.object(cursor).text)
        try listen()
        #expect(try Files.readText(program.folder + "/errors").contains("3 were sent before, and 2 are sent now"))
        try Self.store(1, 1, conninfo)
        try listen()
        let received = try server.received()
        #expect(received.count == 6 && Set(received).count == 6)
    }
}
