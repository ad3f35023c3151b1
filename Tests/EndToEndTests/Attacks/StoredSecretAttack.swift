import Crypto
import JSON
import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    /// A source whose sender shows a password, and how.
    private struct Source {
        let name: String
        let path: String
        let number: Int
        let headers: [String]
        var query = ""
        var body = #"{"n":1}"#

        var word: String { "\(Attacks.word)-\(number)" }

        static func all(_ key: String) -> [Source] {
            let word = Attacks.word
            let basic = Base64.encode(Array("\(key):\(word)-4".utf8))
            return [
                Source(name: "by-header", path: "/webhook/by-header", number: 0, headers: ["X-Shop-Token: \(word)-0"]),
                Source(
                    name: "by-query", path: "/webhook/by-query", number: 1, headers: [], query: "?a=1&token=\(word)-1"),
                Source(
                    name: "by-field", path: "/webhook/by-field", number: 2, headers: [],
                    body: #"{"auth":{"token":"\#(word)-2"},"n":1}"#),
                Source(name: "api-key", path: "/webhook/api_key", number: 3, headers: ["X-Api-Key: \(word)-3"]),
                Source(
                    name: "basic", path: "/webhook/basic_auth", number: 4, headers: ["Authorization: Basic \(basic)"]),
            ]
        }
    }

    /// An address of its own: other attacks use up what one peer is refused plainly in a minute.
    private static let peer = ["--interface", "127.0.0.9"]

    private func send(_ source: Source, _ marker: String, _ more: [String] = []) throws -> Int {
        let body = source.body.dropLast() + #","marker":"\#(marker)"}"#
        let fields = (source.headers + ["Content-Type: application/json"]).flatMap { ["-H", $0] }
        return try shop.curl.get(
            stack.state.url + source.path + source.query, fields + ["--data-raw", String(body)] + Self.peer + more
        ).status
    }

    /// Shown straight, shown while Postgres is away, and shown in a delivery that is refused: the password is in no
    /// file of the stack and in no table.
    @Test func aPasswordIsStoredNowhere() async throws {
        try await attack(4, "passwords that senders show, in every file and table") { count in
            let sources = Source.all(shop.key)
            for source in sources {
                #expect(try send(source, "direct") == 200, "\(source.name)")
                // Refused: the method is wrong, and the password is right.
                #expect(try send(source, "refused", ["-X", "GET"]) == 405, "\(source.name)")
            }
            // With a body that is cut, the field cannot be found in it.
            let field = sources[2]
            let cut = try shop.curl.get(
                stack.state.url + field.path,
                ["-H", "Content-Type: application/json", "--data-raw", String(field.body.dropLast(3))] + Self.peer)
            #expect(cut.status == 401)

            ChildProcess.Signal.stop.send(to: stack.state.supervisor.pid)
            try PostgresCluster(folder: stack.folder.path).stop()
            for source in sources { #expect(try send(source, "spooled") == 200, "\(source.name)") }
            let waiting = try Files.list(stack.folder.path + "/spool").filter { $0.hasSuffix(".hooks") }
            #expect(!waiting.isEmpty)
            try look(count, sources, "while Postgres is away")
            ChildProcess.Signal.resume.send(to: stack.state.supervisor.pid)
            // The page of health is 200 with the spool, too.
            #expect(try shop.curl.poll(stack.state.url + "/ready") { $0.body.contains(#""storing":true"#) } != nil)
            let imported = "select count(*) from events where origin = 'spool' and verification = 'credential'"
            #expect(try await books.eventually(imported, are: ["5"]))
            #expect(!Files.exists(stack.folder.path + "/spool/aside"))

            let dump = try ChildProcess.run(
                ChildCommand(["pg_dump", "--data-only", "--inserts", "-d", stack.state.database]), limit: 256 << 20)
            #expect(dump.succeeded && dump.text.contains("INSERT INTO hookledger.events"))
            for (name, needle) in needles(sources) {
                count.expect(!dump.text.contains(needle), "\(name) is in a table")
            }
            for source in sources {
                let events = try StackTool(stack).run(["events", "show", "--json", try eventID(source)])
                count.expect(
                    events.succeeded && !events.text.contains(Attacks.word), "\(source.name) is in events show")
                let again = try StackTool(stack).run(["events", "verify", try eventID(source)])
                count.expect(
                    again.status == .exited(1) && again.text.contains("cannot be verified again"),
                    "events verify says of \(source.name): \(again.text)")
            }
            try look(count, sources, "in the end")
        }
    }

    private func eventID(_ source: Source) throws -> String {
        try #require(books.lines("select max(id) from events where source = '\(source.name)'").first)
    }

    /// The words as they were sent, and as the database writes bytes.
    private func needles(_ sources: [Source]) -> [(name: String, text: String)] {
        sources.flatMap { source in
            [
                (source.name, source.word), ("\(source.name) in hexadecimal", Hex.encode(Array(source.word.utf8))),
                ("\(source.name) in base64", Base64.encode(Array("\(shop.key):\(source.word)".utf8))),
            ]
        }
    }

    /// Every file of the stack but those that are there to hold secrets.
    private func look(_ count: AttackCount, _ sources: [Source], _ moment: String) throws {
        let folder = stack.folder.path
        for (name, needle) in needles(sources) {
            let found = try ChildProcess.run(
                ChildCommand(["grep", "-rlaF", "--exclude=hookledger.env", "-e", needle, folder]))
            // grep(1): 1, no line was selected.
            count.expect(found.status == .exited(1), "\(name) \(moment): \(found.text)")
        }
    }
}
