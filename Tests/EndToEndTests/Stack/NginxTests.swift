import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// The shipped snippets under a real nginx.
@Suite(.serialized, .stack { $0.apiRate = RateLimit(requests: 5, window: .milliseconds(60_000)) })
struct NginxTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    @Test(
        arguments: [
            "/webhook", "/webhook/", "/webhook/tiktok", "/webhook/tiktok/", "//webhook/tiktok", "/webhook/../webhook/x",
            "/api/v2/webhooks/orders", "/api/v2/webhooks/orders/", "/api/webhooks/evershop",
            "/api/webhooks/evershop/order",
        ])
    func neverRedirectsAHookPath(_ path: String) throws {
        let answer = try curl.get(stack.state.url + path, ["--path-as-is", "--data-raw", "{}"])
        #expect(answer.status == 200)
        #expect(answer.header("x-uri") == path)
        #expect(answer.header("x-request-id")?.utf8.count == 32)
    }

    @Test(arguments: ["--http1.1", "--http2"], ["", "Transfer-Encoding: chunked"])
    func refusesALongBodyInJSON(_ version: String, _ header: String) throws {
        try TestStack.inFolder { folder in
            let body = folder + "/body"
            try Files.write(body, [UInt8](repeating: 0x61, count: 1 << 20))
            let url = stack.state.url + "/webhook/tiktok"
            let arguments = [version, "-H", header, "-H", "Expect:", "--data-binary", "@" + body]
            #expect(try curl.get(url, arguments).status == 200)
            try Files.write(body, [UInt8](repeating: 0x61, count: (1 << 20) + 1))
            let answer = try curl.get(url, arguments)
            #expect(answer.status == 413)
            #expect(answer.header("content-type") == "application/json")
            #expect(answer.body == #"{"error":"payload_too_large"}"#)
        }
    }

    @Test func aBrowserIsLedToTheInspectorAndASenderIsNot() throws {
        let browser = ["-H", "Accept: text/html,application/xhtml+xml;q=0.9"]
        let visit = try curl.get(stack.state.url + "/", browser)
        #expect((visit.status, visit.header("location")) == (302, stack.state.url + "/inspect/"))
        // A handshake by GET, and a delivery to a source with that path.
        for (path, arguments) in [("/", []), ("/?challenge=1", browser), ("/", browser + ["--data-raw", "{}"])] {
            let answer = try curl.get(stack.state.url + path, arguments)
            #expect((answer.status, answer.header("x-uri")) == (200, path), "\(arguments)")
        }
    }

    @Test func refusesOtherMethodsAndUnknownPaths() throws {
        let method = try curl.get(stack.state.url + "/webhook/tiktok", ["-X", "PUT", "--data-raw", "{}"])
        #expect((method.status, method.body) == (405, #"{"error":"method_not_allowed"}"#))
        #expect(method.header("allow") == "GET, HEAD, POST")
        let path = try curl.get(stack.state.url + "/nowhere")
        #expect((path.status, path.body) == (404, #"{"error":"not_found"}"#))
        #expect(try curl.get(stack.state.url + "/errors/413.json").status == 404)
    }

    @Test func asksForARetryWhenTheResponderIsAway() throws {
        let socket = stack.state.sockets + "/ingest.sock"
        try Files.rename(socket, to: socket + ".away")
        let answer = try curl.get(stack.state.url + "/webhook/tiktok", ["--data-raw", "{}"])
        try Files.rename(socket + ".away", to: socket)
        expectUnavailable(answer)
        #expect(try curl.get(stack.state.url + "/webhook/tiktok", ["--data-raw", "{}"]).status == 200)
    }

    @Test func asksForARetryWhenTheResponderHangs() throws {
        let pid = try #require(try TestStack.processes(stack.folder)["ingest"])
        ChildProcess.Signal.stop.send(to: pid)
        let answer = try curl.request(stack.state.url + "/webhook/tiktok", ["--data-raw", "{}"])
        ChildProcess.Signal.resume.send(to: pid)
        expectUnavailable(try #require(answer))
    }

    @Test func passesOnThePathAsTheClientWroteIt() throws {
        let answer = try curl.get(stack.state.url + "/webhook/%74iktok?a=b%20c")
        #expect(answer.header("x-uri") == "/webhook/%74iktok?a=b%20c")
    }

    @Test func limitsTheRateOfTheAPIOnly() throws {
        var statuses: [Int] = []
        for _ in 0..<7 { statuses.append(try curl.get(stack.state.url + "/api/orders/1").status) }
        #expect(statuses.prefix(5).allSatisfy { $0 == 200 })
        #expect(statuses.contains(429))
        let refused = try curl.get(stack.state.url + "/api/orders/1")
        #expect((refused.status, refused.header("retry-after")) == (429, "60"))
        for _ in 0..<10 {
            #expect(try curl.get(stack.state.url + "/webhook/tiktok", ["--data-raw", "{}"]).status == 200)
            // The inspector page asks once a second, with a token.
            #expect(try curl.get(stack.state.url + "/api/orders/1", ["-H", "Authorization: Bearer x"]).status == 200)
        }
    }

    @Test func servesTheInspectorPageUnderAStrictPolicy() throws {
        let page = try curl.get(stack.state.url + "/inspect/")
        #expect((page.status, page.header("content-type")) == (200, "text/html; charset=utf-8"))
        let policy = try #require(page.header("content-security-policy"))
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
        #expect(policy.contains("require-trusted-types-for 'script'") && !policy.contains("unsafe"))
        let script = try curl.get(stack.state.url + "/inspect/main.js")
        #expect((script.status, script.header("content-type")) == (200, "text/javascript; charset=utf-8"))
        #expect(script.header("content-security-policy") == policy)
        let folder = try curl.get(stack.state.url + "/inspect?a=b")
        #expect((folder.status, folder.header("location")) == (301, stack.state.url + "/inspect/"))
        #expect(try curl.get(stack.state.url + "/inspect/none").status == 404)
        #expect(
            try curl.get(stack.state.url + "/inspect/../snippets/hookledger-api.conf", ["--path-as-is"]).status == 404)
        #expect(try curl.get(stack.state.url + "/inspect/", ["--data-raw", "x"]).status == 403)
    }

    @Test func logsOneJSONObjectForEachRequest() throws {
        let answer = try curl.get(stack.state.url + "/webhook/logged?token=secret", ["--data-raw", "{}"])
        let id = try #require(answer.header("x-request-id"))
        let path = stack.folder.log("nginx-access")
        #expect(try eventually { try Files.readText(path).contains(id) })
        let line = try #require(try Files.readText(path).split(separator: "\n").first { $0.contains(id) })
        #expect(line.contains(#""path":"/webhook/logged""#))
        #expect(!line.contains("secret"))
    }

    /// Some senders put a token into the URL, and people who try the API do. Of a refused request nginx would log it.
    @Test func noLogHoldsTheQueryOfARequest() throws {
        let secret = "token=of-the-url"
        try TestStack.inFolder { folder in
            try Files.write(folder + "/body", [UInt8](repeating: 0x61, count: (1 << 20) + 1))
            for path in ["/webhook/meta", "/api/v2/replay"] {
                let answer = try curl.get(
                    stack.state.url + path + "?" + secret, ["-H", "Expect:", "--data-binary", "@\(folder)/body"])
                #expect(answer.status == 413)
            }
        }
        let limited = try curl.poll(stack.state.url + "/api/v2/events?" + secret) { $0.status == 429 }
        #expect(limited != nil)
        for (socket, path) in [("ingest", "/webhook/meta"), ("api", "/metrics")] {
            let socket = stack.state.sockets + "/\(socket).sock"
            try Files.rename(socket, to: socket + ".away")
            // Nobody listens there.
            let answer = try curl.get(stack.state.url + path + "?" + secret)
            try Files.rename(socket + ".away", to: socket)
            #expect(answer.status == 503)
        }
        let pid = try #require(try TestStack.processes(stack.folder)["ingest"])
        ChildProcess.Signal.stop.send(to: pid)
        let hanging = try curl.request(stack.state.url + "/webhook/meta?" + secret, ["--data-raw", "{}"])
        ChildProcess.Signal.resume.send(to: pid)
        expectUnavailable(try #require(hanging))
        #expect(try curl.get(stack.state.url + "/%zz?" + secret).status == 400)
        let logs = try StackBooks(stack).logs().filter { $0.path.contains("nginx") }
        #expect(logs.contains { $0.text.contains("/webhook/meta") && $0.text.contains("/api/v2/replay") })
        for log in logs { #expect(!log.text.contains("of-the-url"), "\(log.path)") }
    }

    private func expectUnavailable(_ answer: Answer) {
        #expect(answer.status == 503)
        #expect(answer.body == #"{"error":"unavailable"}"#)
        #expect(answer.header("content-type") == "application/json")
        #expect(answer.header("retry-after") == "30")
    }
}

@Suite(.serialized, .stack { $0.isProduction = true }) struct ProductionNginxTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    @Test(
        arguments: [
            "/webhook", "/webhook/tiktok", "/webhook/tiktok/", "/webhook/health", "//webhook/tiktok",
            "/api/v2/webhooks/orders", "/api/v2/webhooks/orders/", "/api/webhooks/evershop/order",
        ])
    func refusesDeliveriesOverPlainHTTP(_ path: String) throws {
        let answer = try curl.get(stack.state.plainURL + path, ["--data-raw", "{}"])
        #expect((answer.status, answer.body) == (403, #"{"error":"https_required"}"#))
        #expect(answer.header("content-type") == "application/json")
        #expect(answer.header("location") == nil)
    }

    @Test(arguments: ["/", "/health", "/api/orders/1?a=b", "/webhooks-page"])
    func redirectsTheRest(_ path: String) throws {
        let answer = try curl.get(stack.state.plainURL + path)
        #expect(answer.status == 301)
        #expect(answer.header("location") == "https://127.0.0.1" + path)
    }

    /// The health pages share the responder's workers with the hooks: one address cannot take these by asking.
    @Test func limitsTheHealthPagesAndNotTheHooks() throws {
        func statuses(_ path: String, _ arguments: [String] = []) throws -> [Substring] {
            let asked = ["curl", "-sSk", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}\\n"] + arguments
            return try ChildProcess.run(ChildCommand(asked + [stack.state.url + path + "?[1-150]"])).text
                .split(separator: "\n")
        }
        let health = try statuses("/ready")
        #expect(health.count == 150 && health.prefix(40).allSatisfy { $0 == "200" })
        #expect(health.contains("429"))
        #expect(try statuses("/webhook/tiktok", ["--data-raw", "{}"]).allSatisfy { $0 == "200" })
    }

    @Test func asksBrowsersToStayWithTLS() throws {
        let answer = try curl.get(stack.state.url + "/webhook/tiktok", ["--data-raw", "{}"])
        #expect(answer.status == 200)
        #expect(answer.header("strict-transport-security") == "max-age=63072000")
    }
}
