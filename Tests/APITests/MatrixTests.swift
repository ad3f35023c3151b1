import JSON
import Ledger
import LocalStack
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// Every token with every method on every path, and that what is refused has done nothing.
@Suite(.blocking) struct MatrixTests {
    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X",
    ]

    let fixture: APIFixture
    let paths: [String: [OpenAPIDocument.Operation]]

    init() throws {
        fixture = try APIFixture()
        paths = Dictionary(grouping: try OpenAPIDocument().operations.filter { !$0.isElsewhere }, by: \.path)
    }

    /// Everybody who may come: the header that they send, and what they may.
    private func callers() throws -> [(name: String, header: String?, scopes: Set<APITokens.Scope>)] {
        let expired = try fixture.token(.admin, "expired", expires: APIFixture.now.advanced(bySeconds: -1))
        let revoked = try fixture.token(.admin, "revoked")
        #expect(try APITokens.revoke("revoked", on: APIFixture.connect(fixture.database, "hookledger_operator")))
        var callers: [(name: String, header: String?, scopes: Set<APITokens.Scope>)] = [
            ("no token", nil, []), ("expired", "Bearer " + expired, []), ("revoked", "Bearer " + revoked, []),
            ("wrong", "Bearer hl_" + String(repeating: "A", count: 43), []),
        ]
        for scope in APITokens.Scope.allCases {
            callers.append((scope.rawValue, "Bearer " + (try fixture.token(scope)), scope.implied))
        }
        return callers
    }

    private func ask(_ method: String, _ path: String, _ header: String?, body: String = "") -> Answer {
        fixture.answer(
            fixture.request(
                method, path.replacing("{id}", with: "1").replacing("{shop}", with: "s"), body: body,
                headers: header.map { [("authorization", $0)] } ?? []))
    }

    @Test func everyTokenWithEveryMethod() throws {
        #expect(paths.count >= 30)
        for caller in try callers() {
            for (path, operations) in paths {
                for method in Self.methods {
                    let answer = ask(method, path, caller.header, body: method == "POST" ? "{}" : "")
                    let what: Testing.Comment = "\(caller.name) \(method) \(path): \(answer.status)"
                    let meant = operations.first { $0.method == (method == "HEAD" ? "GET" : method) }
                    guard let meant else {
                        // OPTIONS tells the methods, as any other one's refusal does, and nothing else.
                        #expect(answer.status == (method == "OPTIONS" ? 204 : 405), what)
                        #expect(answer.header("allow")?.hasSuffix("OPTIONS") == true, what)
                        if method == "OPTIONS" { #expect(answer.body.isEmpty, what) }
                        continue
                    }
                    guard let scope = APITokens.Scope(rawValue: meant.scope) else {
                        #expect(answer.status == 200, what)
                        continue
                    }
                    if caller.scopes.contains(scope) {
                        #expect(![401, 403, 405, 500].contains(answer.status), what)
                    } else {
                        #expect(answer.status == (caller.scopes.isEmpty ? 401 : 403), what)
                        #expect(answer.header("www-authenticate") != nil && answer.header("etag") == nil, what)
                    }
                }
            }
        }
    }

    /// With bodies that an admin's token would have carried out.
    @Test func whoMayNotHasChangedNothing() throws {
        let event = try #require(fixture.store([fixture.order("1", "AWAITING_SHIPMENT")]).first)
        try fixture.killJobs()
        let job = try fixture.superuser.query("select job_id from jobs").only().bigint(0)
        let calls = [
            ("replay", "/api/v2/events/\(event)/replay", #"{"reason":"x"}"#),
            ("replay", "/api/v2/replay", #"{"ids":[\#(event)],"reason":"x","set":{"data.order_status":"CANCEL"}}"#),
            ("replay", "/api/v2/dead-letters/\(job)/retry", #"{"reason":"x","uncertain":true}"#),
            ("replay", "/api/v2/dead-letters/retry", #"{"all":true,"reason":"x","uncertain":true}"#),
            ("admin", "/api/v2/dead-letters/\(job)/discard", #"{"reason":"x"}"#),
            ("admin", "/api/v2/dead-letters/discard", #"{"all":true,"reason":"x"}"#),
        ]
        let state = """
            select (select count(*) from operator_log where actor like 'token:%')
                || ' ' || (select count(*) from replays) || ' ' || (select count(*) from events)
                || ' ' || (select string_agg(job_id || ':' || state, ',') from jobs)
            """
        let before = try fixture.superuser.query(state).only().text(0)
        let callers = try callers()
        for caller in callers {
            for (scope, path, body) in calls where !caller.scopes.contains(where: { $0.rawValue == scope }) {
                #expect(
                    [401, 403].contains(ask("POST", path, caller.header, body: body).status), "\(caller.name) \(path)")
            }
        }
        #expect(try fixture.superuser.query(state).only().text(0) == before)
        // The same calls are carried out for the one who may.
        let admin = try #require(callers.last)
        for (_, path, body) in calls {
            let answer = ask("POST", path, admin.header, body: body)
            // A dead letter that is retried no longer is one; then a replay makes nothing dead.
            #expect([200, 404].contains(answer.status), "\(path): \(answer.text)")
        }
        #expect(try fixture.superuser.query(state).only().text(0) != before)
    }

    /// Senders may fill an order with what nobody has a column for; a list of such orders is not held in memory.
    @Test func anAnswerThatIsTooLarge() throws {
        let token = try fixture.token(.read)
        try fixture.superuser.execute(
            """
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            select 'shop', 'large-' || n, 'tiktok_shop_guide', '{"shop_id": "large"}',
                jsonb_build_object('text', repeat('x', 900000)), '{}', 1, now()
            from generate_series(1, 20) as n
            """)
        let list = "/api/orders/shop/large?limit="
        let answer = fixture.answer(fixture.request("GET", list + "20", token: token))
        #expect(answer.status == 400 && answer.text.utf8.count < 1000, "\(answer.status)")
        #expect(try answer.json()["error"] == "answer_too_large" && answer.json()["success"] == false)
        let page = try fixture.get(list + "10", token: token)
        #expect(page["data"]?.array?.count == 10 && page["pagination"]?["has_more"] == true)
        #expect(try fixture.get("/api/v2/orders?shop=large", token: token)["data"]?.array?.count == 20)
    }

    /// A question that Postgres takes too long for does not hold the thread, and the next one is answered.
    @Test func aStatementThatTakesTooLong() throws {
        let token = try fixture.token(.read)
        let impatient = try Connection(
            conninfo: SharedCluster.get().conninfo(user: "hookledger_api", database: fixture.database),
            applicationName: "hookledger-tests",
            settings: [("search_path", "hookledger"), ("statement_timeout", "1s")], queryDeadline: .seconds(30))
        try fixture.superuser.execute("begin; lock table events, orders in access exclusive mode")
        for path in ["/api/v2/events", "/api/v2/orders", "/api/orders/shop/s"] {
            let outcome = fixture.api.answer(fixture.request("GET", path, token: token), over: impatient)
            #expect(outcome.answer.status == 503 && outcome.answer.header("retry-after") == "5", "\(path)")
            #expect(try outcome.answer.json()["error"] == "too_slow")
            #expect(outcome.fault?.isEmpty == false && !outcome.answer.text.contains("statement timeout"))
        }
        try fixture.superuser.execute("rollback")
        let outcome = fixture.api.answer(fixture.request("GET", "/api/v2/events", token: token), over: impatient)
        #expect(outcome.answer.status == 200)
    }
}
