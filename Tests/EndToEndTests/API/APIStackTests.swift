import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// The API behind nginx: headers, HEAD, bodies, tokens made by the tool, counters of all programs, and Postgres away.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct APIStackTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    private func ask(_ path: String, _ arguments: [String] = []) throws -> Answer {
        try curl.get(stack.state.url + path, arguments)
    }

    /// The headers of Helmet 8's defaults, or stricter ones.
    @Test(arguments: [
        "/api/v2/session", "/api/v2/nowhere", "/api/v2/session?x=1", "/docs", "/openapi.json", "/metrics",
    ])
    func answersHaveSecurityHeaders(_ path: String) throws {
        let answer = try ask(path)
        for (name, value) in [
            ("x-content-type-options", "nosniff"), ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"), ("origin-agent-cluster", "?1"),
            ("referrer-policy", "no-referrer"), ("x-dns-prefetch-control", "off"), ("x-download-options", "noopen"),
            ("x-frame-options", "DENY"), ("x-permitted-cross-domain-policies", "none"), ("x-xss-protection", "0"),
        ] {
            #expect(answer.headers.filter { $0.name == name }.map(\.value) == [value], "\(path) \(name)")
        }
        #expect(answer.header("content-security-policy")?.hasPrefix("default-src 'none'") == true)
        #expect(answer.header("content-security-policy")?.contains("unsafe") == false)
        #expect(answer.header("x-request-id")?.utf8.count == 32)
    }

    @Test func thePageLoadsNothingFromOutside() throws {
        let page = try ask("/docs").body
        let links = page.matches(of: /(?:src|href)="([^"]+)"/).map { String($0.1) }
        #expect(links == ["/docs/docs.css", "/docs/docs.js", "/openapi.json", "/openapi.json"])
        for (link, type) in zip(links, ["text/css", "text/javascript", "application/json"]) {
            #expect(try ask(link).header("content-type")?.hasPrefix(type) == true, "\(link)")
        }
        #expect(!page.contains("<style") && page.matches(of: /<script(?![^>]*src=)/).isEmpty)
        for path in ["/docs/", "/docs/index.html", "/docs/../errors/404.json", "/docs/openapi.json"] {
            #expect(try ask(path, ["--path-as-is"]).status == 404)
        }
    }

    /// Each pool runs the threads that it needs: what commits, refuses and shakes hands is the other pool's.
    @Test func thePoolsHaveTheirOwnThreads() throws {
        func threads(_ pool: String) throws -> Set<String> {
            let lines = try Files.readText(stack.folder.path + "/processes").split(separator: "\n")
            let process = try #require(lines.map { $0.split(separator: " ") }.first { $0.first == pool[...] }?[1])
            return try Set(
                Files.list("/proc/\(process)/task").map { thread in
                    try Files.readText("/proc/\(process)/task/\(thread)/comm").split(separator: "\n").joined()
                })
        }
        let (api, ingest) = (try threads("api"), try threads("ingest"))
        #expect(api.contains("api 1") && !ingest.contains("api 1"))
        for name in ["commit", "deadlines", "refusals", "handshakes"] {
            #expect(ingest.contains(name) && !api.contains(name), "\(name)")
        }
    }

    @Test func headHasNoBody() throws {
        let get = try ask("/api/v2/session")
        let head = try ask("/api/v2/session", ["-I"])
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.header("content-length") == get.header("content-length"))
    }

    @Test func aLongBodyIsRefused() throws {
        try TestStack.inFolder { folder in
            try Files.write(folder + "/body", [UInt8](repeating: 0x61, count: 70_000))
            let answer = try ask(
                "/api/v2/replay", ["-H", "Content-Type: application/json", "--data-binary", "@\(folder)/body"])
            #expect(answer.status == 413)
            #expect(answer.header("content-type") == "application/problem+json")
        }
    }

    @Test func tokensOfTheTool() throws {
        let made = try tool.run(["token", "create", "script", "--scope", "replay", "--days", "2"])
        #expect(made.status == .exited(0))
        let token = try #require(made.text.split(separator: "\n").first.map(String.init))
        func session() throws -> Answer { try ask("/api/v2/session", ["-H", "Authorization: Bearer \(token)"]) }
        #expect(try session().body.contains(#""scopes":["read","replay"]"#))
        // A token in the URL is none, and is in no log at the end.
        for target in ["/api/v2/session?access_token=\(token)", "/metrics?\(token)"] {
            #expect(try ask(target).status == 400)
        }
        #expect(try ask("/webhook/meta?token=\(token)", ["--data-raw", "{}"]).status == 401)
        #expect(try tool.run(["token", "create", "script"]).status == .exited(64))
        #expect(try tool.run(["token", "create", "x", "--scope", "all"]).status == .exited(64))
        let listed = try tool.objects(["token", "list", "--json"])
        #expect(listed.first { $0["name"] == "script" }?["state"] == "valid")
        #expect(!listed.contains { $0.text.contains(token) || $0["hash"] != nil })
        let revoked = try tool.objects(["token", "revoke", "script", "--reason", "done", "--json"])
        #expect(revoked == [["name": "script", "state": "revoked"]])
        #expect(try session().status == 401)
        #expect(try tool.run(["token", "revoke", "script"]).status == .exited(1))
        let log = "select action, reason from operator_log where subject = 'token:script' order by id"
        #expect(try StackBooks(stack).lines(log) == ["token.create|", "token.revoke|done"])
        #expect(try StackBooks(stack).logs().allSatisfy { !$0.text.contains(token) })
    }

    @Test func countersOfAllProgramsAreSummed() throws {
        let shop = try Shop(stack)
        #expect(try shop.send(.guide("counted", "AWAITING_SHIPMENT", at: Shop.now, amount: "1.00")).status == 200)
        #expect(try shop.post("{}", []).status == 401)
        let wanted = [
            #/hookledger_deliveries_total\{source="tiktok-shop",verdict="signature"\} \d/#,
            #/hookledger_refusals_total\{reason="missing_signature",source="tiktok-shop"\} \d/#,
            #/hookledger_ingest_seconds_count \d/#, #/hookledger_api_requests_total\{status="200"\} \d/#,
            #/hookledger_job_attempts_total\{action="ops",outcome="done"\} \d/#,
            #/hookledger_job_seconds_bucket\{le="\+Inf",action="ops"\} \d/#,
        ]
        // The batch processor flushes at its end at the latest; the others every two seconds.
        let areThere = try eventually {
            let page = try ask("/metrics").body
            return wanted.allSatisfy { page.firstMatch(of: $0) != nil }
        }
        #expect(areThere)
    }
}
