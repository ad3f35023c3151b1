import JSON
import Ledger
import TestThreads
import Testing
import Webhooks

@testable import API

/// What is taken and what is not, and how that is said.
@Suite(.blocking) struct RequestTests {
    let fixture: APIFixture
    let token: String

    init() throws {
        fixture = try APIFixture("api: { allowed_origins: [\"https://shop.example\"] }")
        token = try fixture.token(.admin)
    }

    @Test(arguments: [
        ("/api/v2/events?limit=0", "limit"), ("/api/v2/events?limit=201", "limit"),
        ("/api/v2/events?limit=%2B1", "limit"),
        ("/api/v2/events?limit=1&limit=1", "limit"), ("/api/v2/events?colour=red", "colour"),
        ("/api/v2/events?state=odd", "state"), ("/api/v2/events?since=yesterday", "since"),
        ("/api/v2/events?since=2026-01-01T00:00:00", "since"), ("/api/v2/events?until=2026-02-30T00:00:00Z", "until"),
        ("/api/v2/events?ids=1,,2", "ids"), ("/api/v2/events?ids=0", "ids"), ("/api/v2/events?q=", "q"),
        ("/api/v2/events?q=%00", "q"), ("/api/v2/events?before=1.3.3", "before"),
        ("/api/v2/events?source=%0a", "source"),
        ("/api/v2/orders?processed=yes", "processed"), ("/api/v2/orders?before=01", "before"),
        ("/api/v2/comments?moderation=hide", "moderation"), ("/api/v2/statistics?bucket=9", "bucket"),
        ("/api/orders/shop/s?offset=-1", "offset"), ("/api/v2/webhooks/logs?limit=1001", "limit"),
    ])
    func wrongParametersAreNamed(_ target: String, _ parameter: String) throws {
        let answer = fixture.answer(fixture.request("GET", target, token: token))
        #expect(answer.status == 400)
        #expect(answer.header("content-type") == "application/problem+json")
        let problem = try answer.json()
        #expect(problem["parameter"]?.string == parameter)
        #expect(problem["detail"]?.string?.hasPrefix(parameter) == true)
    }

    @Test(arguments: [
        ("/api/v2/replay", #"{"reason":"x"}"#, "ids"), ("/api/v2/replay", #"{"ids":[],"reason":"x"}"#, "ids"),
        ("/api/v2/replay", #"{"ids":["1"],"reason":"x"}"#, "ids"), ("/api/v2/replay", #"{"ids":[1]}"#, "reason"),
        ("/api/v2/replay", #"{"ids":[1],"reason":"x","set":{}}"#, "set"),
        ("/api/v2/replay", #"{"ids":[1],"reason":"x","dry_run":1}"#, "dry_run"),
        ("/api/v2/replay", #"{"ids":[1],"reason":"x","force":true}"#, "force"),
        ("/api/v2/dead-letters/retry", #"{"reason":"x"}"#, "all"),
        ("/api/v2/dead-letters/retry", #"{"reason":"x","all":true,"limit":0}"#, "limit"),
        ("/api/v2/dead-letters/discard", #"{"reason":"","all":true}"#, "reason"),
        ("/api/v2/dead-letters/1/retry", #"{"reason":7}"#, "reason"),
    ])
    func wrongMembersAreNamed(_ target: String, _ body: String, _ member: String) throws {
        let answer = fixture.answer(fixture.request("POST", target, token: token, body: body))
        #expect(answer.status == 400, "\(answer.text)")
        #expect(try answer.json()["parameter"]?.string == member)
    }

    @Test(arguments: ["", "[]", "nothing", "{\"reason\":", "\u{FEFF}{}"])
    func aBodyIsAnObject(_ body: String) {
        let headers = [(name: "content-type", value: "application/json; charset=utf-8")]
        let request = fixture.request("POST", "/api/v2/replay", token: token, body: body, headers: headers)
        #expect(fixture.answer(request).status == 400)
    }

    @Test func methodsPathsAndMediaTypes() throws {
        let method = fixture.answer(fixture.request("DELETE", "/api/v2/events/1", token: token))
        #expect(method.status == 405 && method.header("allow") == "GET, HEAD, OPTIONS")
        let post = fixture.answer(fixture.request("GET", "/api/v2/replay", token: token))
        #expect(post.status == 405 && post.header("allow") == "POST, OPTIONS")
        for path in [
            "/api", "/api/", "/api/v2/events/", "/api/v2/events/1/2", "/api/orders/", "/api/v2/event",
            "/api/v2/events/x",
            "/api/v2/events/0", "/api/v2/events/01", "/api/v2/events/9223372036854775808",
        ] {
            #expect(fixture.answer(fixture.request("GET", path, token: token)).status == 404)
        }
        func accept(_ value: String, _ path: String) -> Int {
            fixture.answer(fixture.request("GET", path, token: token, headers: [("accept", value)])).status
        }
        #expect(accept("text/html, application/*;q=0.5", "/api/v2/session") == 200)
        #expect(accept("text/html", "/api/v2/session") == 406)
        #expect(accept("application/json;q=0, text/html", "/api/v2/session") == 406)
        #expect(accept("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", "/metrics") == 200)
        let text = fixture.request(
            "POST", "/api/v2/replay", token: token, body: "{}", headers: [("content-type", "text/plain")])
        #expect(fixture.answer(text).status == 415)
    }

    @Test func headAndETags() throws {
        let get = fixture.answer(fixture.request("GET", "/api/v2/session", token: token))
        let head = fixture.answer(fixture.request("HEAD", "/api/v2/session", token: token))
        #expect(head.status == 200 && head.headers == get.headers)
        #expect(get.header("cache-control") == "no-store")
        let tag = try #require(get.header("etag"))
        for value in [tag, "\"other\", W/\(tag)", "*"] {
            let again = fixture.request("GET", "/api/v2/session", token: token, headers: [("if-none-match", value)])
            let answer = fixture.answer(again)
            #expect(answer.status == 304 && answer.body.isEmpty && answer.header("etag") == tag)
        }
        let other = fixture.request("GET", "/api/v2/session", token: token, headers: [("if-none-match", "\"x\"")])
        #expect(fixture.answer(other).status == 200)
    }

    @Test func pagesOfOtherOrigins() {
        func answer(_ origin: String, _ method: String = "GET") -> Answer {
            fixture.answer(
                fixture.request(
                    method, "/api/v2/session", token: method == "GET" ? token : nil,
                    headers: [("origin", origin), ("access-control-request-method", "GET")]))
        }
        #expect(answer("https://shop.example").header("access-control-allow-origin") == "https://shop.example")
        #expect(answer("https://evil.example").header("access-control-allow-origin") == nil)
        #expect(answer("https://evil.example").header("vary") == "Origin")
        let preflight = answer("https://shop.example", "OPTIONS")
        #expect(preflight.status == 204 && preflight.header("access-control-allow-methods") == "GET, HEAD, OPTIONS")
        #expect(preflight.header("access-control-allow-headers")?.contains("Authorization") == true)
        #expect(answer("https://evil.example", "OPTIONS").header("access-control-allow-methods") == nil)
    }

    /// What is answered without a look at the request is readable for them as well.
    @Test func whatIsRefusedBeforeItIsReadIsAProblem() throws {
        for (origin, allowed) in [("https://Shop.example", "https://Shop.example"), ("https://evil.example", nil)] {
            for (answer, status) in [
                (fixture.api.refusal(413, origin: origin), 413), (fixture.api.refusal(400, origin: origin), 400),
                (fixture.api.comeAgain(origin: origin), 503),
            ] {
                #expect(answer.status == status && answer.header("access-control-allow-origin") == allowed)
                #expect(answer.header("content-type") == "application/problem+json")
                #expect(answer.header("vary") == "Origin" && answer.header("cache-control") == "no-store")
                #expect(try answer.json()["status"]?.integer == Int64(status))
            }
        }
        #expect(fixture.api.comeAgain(origin: nil).header("retry-after") == "30")
    }

    @Test func errorsOfTheGuidesRoutesSaySo() throws {
        let answer = fixture.answer(fixture.request("GET", "/api/orders/unknown", token: token))
        #expect(answer.status == 404)
        let problem = try answer.json()
        #expect(problem["success"] == false && problem["title"] == "Not Found" && problem["type"] == "about:blank")
        let other = fixture.answer(fixture.request("GET", "/api/v2/orders/77", token: token))
        #expect(try other.status == 404 && other.json()["success"] == nil)
    }
}
