import JSON
import LocalStack
import Outbound
import Platform
import Postgres
import Testing

/// `hookledger listen` straight from a database whose transactions commit late and out of order.
@Suite struct ListenTests {
    private let fixture: JobsFixture
    private let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
    }

    /// A developer's server: checks the signature of the guide with its own secret, and writes down the event's id
    /// before it answers.
    private static let server = """
        from hashlib import sha256
        from hmac import new as hmac
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from sys import argv
        log, port = argv[1], int(argv[2])
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time = self.headers.get_all("x-tiktok-shop-timestamp", [])
                sign = self.headers.get_all("x-tiktok-shop-signature", [])
                right = len(time) == 1 and len(sign) == 1 and sign[0] == hmac(
                    b"local", time[0].encode() + body, sha256).hexdigest()
                if right:
                    with open(log, "a") as file:
                        file.write(self.headers["x-hookledger-event"] + " " + self.path + "\\n")
                self.send_response(200 if right else 401)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            def log_message(self, *_): pass
        ThreadingHTTPServer.allow_reuse_address = True
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        with open(log + ".port", "w") as file: file.write(str(server.server_address[1]))
        server.serve_forever()
        """

    private func startServer(_ port: Int) throws -> ChildProcess {
        try? Files.remove(program.folder + "/log.port")
        let script = program.folder + "/server.py"
        try Files.write(script, text: Self.server)
        return try ChildProcess.spawn(
            ChildCommand(["python3", script, program.folder + "/log", "\(port)"], errors: .null))
    }

    private func port() throws -> Int {
        for _ in 0..<3_000 {
            if let text = try? Files.readText(program.folder + "/log.port"), let port = Int(text) { return port }
            SystemClock.sleep(milliseconds: 20)
        }
        throw PostgresError(message: "the local server does not come up")
    }

    private func listener(_ port: Int, _ more: [String] = []) -> ChildCommand {
        var command = program.tool(
            [
                "listen", "--forward-to", "http://127.0.0.1:\(port)", "--secret-env", "shop=LOCAL", "--cursor",
                program.folder + "/cursor", "--every", "50", "--json",
            ] + more)
        command.environment?["LOCAL"] = "local"
        command.output = .file(program.folder + "/out")
        command.errors = .null
        return command
    }

    private func received() throws -> [Int64] {
        let text = (try? Files.readText(program.folder + "/log")) ?? ""
        return text.split(separator: "\n").compactMap { Int64($0.prefix { $0 != " " }) }
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
        var server = try startServer(0)
        let port = try port()
        var listening = try ChildProcess.spawn(listener(port))
        defer {
            server.signal(.kill)
            _ = server.wait()
            _ = listening.terminate()
        }
        try #require(eventually { Files.exists(program.folder + "/cursor") })
        // Threads of their own: the waiting below keeps one of the few that tasks share.
        let storing = try (0..<4).map { number in
            try Thread(name: "store-\(number)") { try? Self.store(50, 5, conninfo) }
        }
        for (kill, count) in [(true, 150), (false, 400), (true, 650)] {
            try #require(eventually { try received().count >= count })
            if kill {
                server.signal(.kill)
                _ = server.wait()
                SystemClock.sleep(milliseconds: 300)
                server = try startServer(port)
            } else {
                listening.signal(.kill)
                _ = listening.wait()
                listening = try ChildProcess.spawn(listener(port))
            }
        }
        for thread in storing { thread.join() }
        let live = try #require(try fixture.value("select string_agg(id::text, ' ') from events where id > 3"))
        let ids = Set(live.split(separator: " ").compactMap { Int64($0) })
        #expect(ids.count == 1000)
        #expect(try eventually { try Set(received()) == ids })
        // Nothing from before it listened, and again only what was under way at a kill.
        #expect(try Set(received()) == ids)
        #expect(try received().count <= 1000 + 3)
        #expect(
            try Files.readText(program.folder + "/log").split(separator: "\n").allSatisfy {
                $0.hasSuffix(" /webhook/tiktok")
            })
        #expect(listening.terminate() == .exited(0))
    }

    @Test func whatIsRefusedIsTriedAndLeft() throws {
        defer { program.remove() }
        let server = try startServer(0)
        defer {
            server.signal(.kill)
            _ = server.wait()
        }
        let command = listener(try port(), ["--once", "--attempts", "2", "--secret-env", "shop=OTHER"])
        var wrong = command
        wrong.environment?["OTHER"] = "another"
        #expect(try ChildProcess.spawn(wrong).wait(timeout: .seconds(60)) == .exited(0))
        try Self.store(1, 2, SharedCluster.get().conninfo(database: fixture.database))
        #expect(try ChildProcess.spawn(wrong).wait(timeout: .seconds(60)) == .exited(0))
        let lines = try Files.readText(program.folder + "/out").split(separator: "\n")
            .map { try JSONValue(parsing: Array($0.utf8)) }.filter { $0["outcome"] == "refused" }
        #expect(lines.count == 2 && lines.allSatisfy { $0["status"]?.integer == 401 })
        #expect(try received().isEmpty)
    }

    private func eventually(_ isTrue: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<1200 {
            if try isTrue() { return true }
            SystemClock.sleep(milliseconds: 50)
        }
        return false
    }
}
