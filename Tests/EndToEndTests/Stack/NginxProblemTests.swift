import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// What nginx itself answers for `/api`: problem documents that a page of an allowed origin can read. Hook paths keep
/// theirs.
@Suite(
    .serialized,
    .stack { options in
        options.apiRate = RateLimit(requests: 5, window: .milliseconds(60_000))
        try Files.makeFolder(options.folder)
        try Files.write(
            options.folder + "/hookledger.yaml",
            text: """
                database: {}  # kept up to date by hookledger up
                api: { allowed_origins: ["https://shop.example", "https://Shop.example/"] }

                """)
    }) struct NginxProblemTests
{
    private let stack: LocalStack
    private let curl: Curl

    /// Not counted as a stranger.
    private static let bearer = ["-H", "Authorization: Bearer x"]
    private static let origin = ["-H", "Origin: https://shop.example"]

    init() throws {
        stack = try TestStack.ofSuite()
        curl = Curl(stack)
    }

    private func ask(_ path: String, _ arguments: [String] = []) throws -> Answer {
        try curl.get(stack.state.url + path, arguments)
    }

    @Test func aPageOfAnAllowedOriginCanReadThatItAskedTooOften() throws {
        let refused = try #require(
            try curl.poll(stack.state.url + "/api/orders/1", Self.origin) { $0.status == 429 })
        try expectProblem(refused, 429, "Too Many Requests", "too_many_requests")
        #expect(refused.header("retry-after") == "60")
        #expect(refused.header("access-control-allow-origin") == "https://shop.example")
        #expect(refused.header("access-control-expose-headers")?.contains("Retry-After") == true)
        for origin in ["https://shop.example.evil.example", "https://evil.example", "null"] {
            let other = try ask("/api/orders/1", ["-H", "Origin: \(origin)"])
            #expect((other.status, other.header("vary")) == (429, "Origin"))
            #expect(!other.headers.contains { $0.name.hasPrefix("access-control-") })
        }
        // A browser asks this first, and could tell nobody of a 429.
        let method = ["-H", "Access-Control-Request-Method: GET"]
        for _ in 0..<10 { #expect(try ask("/api/orders/1", ["-X", "OPTIONS"] + method + Self.origin).status == 200) }
    }

    @Test(arguments: ["--http1.1", "--http2"]) func aLongBodyIsAProblem(_ version: String) throws {
        try TestStack.inFolder { folder in
            try Files.write(folder + "/body", [UInt8](repeating: 0x61, count: 3_000_000))
            let body = [version, "-H", "Expect:", "--data-binary", "@\(folder)/body"]
            let answer = try ask("/api/v2/replay", body + Self.bearer + Self.origin)
            try expectProblem(answer, 413, "Content Too Large", "payload_too_large")
            #expect(answer.header("access-control-allow-origin") == "https://shop.example")
            let hook = try ask("/api/v2/webhooks/orders", body + Self.origin)
            #expect((hook.status, hook.body) == (413, #"{"error":"payload_too_large"}"#))
        }
    }

    @Test func anUnknownTransferEncodingIsAnswered() throws {
        let encoding = ["--http1.1", "-H", "Transfer-Encoding: gzip", "--data-raw", "x"]
        let refused = try ask("/api/v2/events", encoding + Self.bearer)
        try expectProblem(refused, 501, "Not Implemented", "not_implemented")
        let hook = try ask("/webhook/tiktok", encoding)
        #expect((hook.status, hook.body) == (501, #"{"error":"not_implemented"}"#))
        #expect(hook.header("content-type") == "application/json")
        // Only what may be answered otherwise is to be tried again.
        for answer in [refused, hook] { #expect(answer.header("retry-after") == "60") }
        for path in ["/api/%zz", "/webhook/%zz"] {
            #expect(try ask(path, ["--http1.1"]).header("retry-after") == nil)
        }
    }

    /// Whatever nginx refuses by itself, wherever: no page of HTML.
    @Test func everyRefusalIsJSON() throws {
        let long = ["--http1.1", "-H", "X-Long: " + String(repeating: "a", count: 40_000)]
        let paths = ["/webhook/tiktok", "/api/v2/session", "/inspect/", "/live", "/nothing"]
        for path in paths {
            let isAPI = path.hasPrefix("/api")
            let requests: [([String], Int, String)] = [
                (long, 400, "bad_request"),
                (["--http1.1", "-X", "GET \(path) HTTP/9.1"], 505, "http_version_not_supported"),
                (["--http1.1", "-H", "Host: a b"], 400, "bad_request"),
            ]
            for (arguments, status, word) in requests {
                let answer = try ask(path, arguments)
                let type = answer.header("content-type")
                #expect(answer.status == status, "\(path) \(answer.body)")
                #expect(type == "application/json" || isAPI && type == "application/problem+json", "\(path) \(status)")
                #expect(try JSONValue(parsing: Array(answer.body.utf8))["error"]?.string == word, "\(path)")
                #expect(answer.header("retry-after") == nil)
            }
        }
        let range = try ask("/openapi.json", ["-H", "Range: bytes=999999999-"])
        #expect((range.status, range.body) == (416, #"{"error":"range_not_satisfiable"}"#))
        let match = try ask("/openapi.json", ["-H", "If-Match: \"x\""])
        #expect((match.status, match.body) == (412, #"{"error":"precondition_failed"}"#))
    }

    /// A page for each code, in both forms, that says its own code.
    @Test func everyCodeHasItsPages() throws {
        let snippets = ["hookledger-server.conf", "hookledger-problems.conf"]
        let folder = try Executable.share(of: #filePath) + "/nginx"
        for snippet in snippets {
            let text = try Files.readText("\(folder)/snippets/\(snippet)")
            let place = #/error_page [0-9 ]+ (?:/errors/|\$\{hookledger_errors\})((?:problem-)?(\d+))\.json;/#
            for match in text.matches(of: place) {
                let page = try JSONValue(parsing: Files.read("\(folder)/errors/\(match.output.1).json"))
                #expect(page["error"]?.string?.isEmpty == false)
                if match.output.1.hasPrefix("problem") {
                    #expect(page["status"]?.integer == Int64(match.output.2))
                } else {
                    // Before there is a location the path decides on the form.
                    let isEither = match.output.0.contains("hookledger_errors")
                    #expect(!isEither || Files.exists("\(folder)/errors/problem-\(match.output.2).json"))
                }
            }
        }
    }

    @Test func anAbsentAPIIsAProblem() throws {
        let socket = stack.state.sockets + "/api.sock"
        try Files.rename(socket, to: socket + ".away")
        let answers = try ["/api/v2/session", "/metrics"].map { try ask($0, Self.bearer + Self.origin) }
        try Files.rename(socket + ".away", to: socket)
        for answer in answers {
            try expectProblem(answer, 503, "Service Unavailable", "unavailable")
            #expect(answer.header("retry-after") == "30")
            #expect(answer.header("access-control-allow-origin") == "https://shop.example")
        }
    }

    /// Before nginx has a location it knows the request line at most.
    @Test func soIsWhatIsRefusedAtOnce() throws {
        let trace = try ask("/api/v2/session", ["-X", "TRACE"] + Self.origin)
        try expectProblem(trace, 405, "Method Not Allowed", "method_not_allowed")
        #expect(trace.header("allow") == "GET, HEAD, POST, OPTIONS")
        #expect(trace.header("access-control-allow-origin") == "https://shop.example")
        let wrong = try ask("/api/%zz", ["--http1.1"])
        try expectProblem(wrong, 400, "Bad Request", "bad_request")
        let long = "?x=" + String(repeating: "a", count: 12_000)
        try expectProblem(try ask("/api/v2/events" + long, ["--http1.1"]), 414, "URI Too Long", "uri_too_long")
        for path in ["/webhook/x", "/api/v2/webhooks/orders", "/api/webhooks/evershop/order", "/apis"] {
            let answer = try ask(path + long, ["--http1.1"])
            #expect((answer.status, answer.body) == (414, #"{"error":"uri_too_long"}"#), "\(path)")
            #expect(try ask(path, ["-X", "TRACE"]).body == #"{"error":"method_not_allowed"}"#, "\(path)")
        }
        #expect(try ask("/errors/problem-429.json").status == 404)
    }

    private func expectProblem(_ answer: Answer, _ status: Int, _ title: String, _ word: String) throws {
        #expect(answer.status == status)
        #expect(answer.header("content-type") == "application/problem+json")
        let document = try JSONValue(parsing: Array(answer.body.utf8))
        #expect(document["type"] == "about:blank" && document["title"]?.string == title)
        #expect(document["status"]?.integer == Int64(status) && document["error"]?.string == word)
        #expect(document["detail"]?.string?.isEmpty == false)
        #expect(answer.header("vary") == "Origin" && answer.header("cache-control") == "no-store")
        for name in ["referrer-policy", "cross-origin-opener-policy", "x-frame-options", "content-security-policy"] {
            #expect(answer.headers.filter { $0.name == name }.count == 1, "\(name)")
        }
        #expect(answer.header("x-request-id")?.utf8.count == 32)
    }
}
