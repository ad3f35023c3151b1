import JSON
import Ledger
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import API

/// A token that is limited to one source: everything of the others is absent, on every route.
@Suite(.blocking) struct SourceLimitTests {
    /// A text in everything that belongs to the other sources.
    private static let mark = "b-secret"

    let fixture: APIFixture

    init() throws {
        fixture = try APIFixture()
        try fixture.store([fixture.order("a-order", "AWAITING_SHIPMENT")])
        try fixture.store([fixture.order(Self.mark, "AWAITING_SHIPMENT", source: "other")])
        try fixture.killJobs()
        try fixture.store([fixture.order(Self.mark + "-2", "AWAITING_SHIPMENT", source: "other")])
        let comments = try #require(fixture.settings.source(named: "comments"))
        try fixture.store([
            fixture.recordable(
                """
                {"type":"video_comment_created","comment_id":"\(Self.mark)","video_id":"v1","text":"\(Self.mark)",
                "user_id":"u","username":"@u","timestamp":1735380000}
                """, comments)
        ])
        try fixture.superuser.execute(
            """
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length)
            values (now(), 'other', 'no_secret_matched', '\(Self.mark)', 401, 'r', '192.0.2.1', 'POST', '/\(Self.mark)', '', 0);
            insert into handshakes (received_at, source, provider, is_signed, status, request_id, remote_addr, method, path,
                headers, body, body_length)
            values (now(), 'other', 'roms', false, 200, 'r', '192.0.2.1', 'POST', '/\(Self.mark)', '[]', '', 0);
            insert into customers (source, customer_id, provider, customer_data, extra, clocks, last_event_id,
                last_event_received_at)
            values ('other', '\(Self.mark)', 'evershop', '{}', '{}', '{}', 1, now());
            with c as (
                insert into conversations (source, customer_row, channel)
                select 'other', id, '\(Self.mark)' from customers returning id, customer_row)
            insert into messages (conversation_id, customer_row, role, content)
            select id, customer_row, 'assistant', '\(Self.mark)' from c;
            insert into handshakes (received_at, source, provider, is_signed, status, request_id, remote_addr, method, path,
                headers, body, body_length)
            values (now(), 'other', 'roms', false, 200, '\(Self.mark)', '192.0.2.1', 'GET', '/', '[]', '', 0);
            insert into shape_changes (source, provider, type, shape_id, path, change, event_id, event_received_at)
            values ('other', 'p', '\(Self.mark)', 1, '', 'new_type', 1, now());
            insert into registered_webhooks (provider, address, webhooks) values ('tiktok_shop', '\(Self.mark)', '[]')
            """)
    }

    private func ids(_ sql: String) throws -> [String] {
        try fixture.superuser.query(sql).map { try $0.text(0) }
    }

    /// Every id of the other sources, by the beginning of the paths that take it.
    private func foreign(_ template: String) throws -> [String] {
        let sql =
            switch template {
            case _ where template.contains("/events/"): "select id::text from events where source <> 'shop'"
            case _ where template.contains("/refusals/"): "select id::text from refusals where source <> 'shop'"
            case _ where template.contains("/handshakes/"): "select id::text from handshakes where source <> 'shop'"
            case _ where template.contains("jobs/"), _ where template.contains("/dead-letters/"):
                """
                select job_id::text from jobs where event_id in (select id from events where source <> 'shop')
                """
            case _ where template.hasPrefix("/api/v2/orders/"): "select id::text from orders where source <> 'shop'"
            case _ where template.hasPrefix("/api/orders/"): "select '\(Self.mark)'"
            case _ where template.contains("/conversations/"): "select id::text from conversations"
            case _ where template.contains("/handshakes/"):
                "select id::text from handshakes where source <> 'shop'"
            case _ where template.contains("/comments/"): "select id::text from comments"
            default: "select '1' where false"
            }
        return try ids(sql)
    }

    private func ask(_ route: Route, _ id: String, _ token: String, body: String = "{}", query: String = "") -> Answer {
        let path = route.template.replacing("{id}", with: id).replacing("{shop}", with: "shop_1")
        let target = query.isEmpty ? path : "\(path)?\(query)"
        return fixture.answer(
            fixture.request(route.method, target, token: token, body: route.method == "POST" ? body : ""))
    }

    private static func body(_ route: Route) -> String {
        route.template.contains("/replay") && !route.template.contains("{id}")
            ? #"{"reason":"x","source":"other"}"# : #"{"reason":"x"}"#
    }

    @Test func everyRouteIsConfinedOrRefused() throws {
        let token = try fixture.token(.admin, "limited", sources: ["shop"])
        let whole = try fixture.token(.admin, "whole")
        var (confined, refused, shown) = (0, 0, 0)
        for route in RouteTable.routes where route.scope != nil {
            let foreignIDs = try foreign(route.template)
            #expect(!foreignIDs.isEmpty || !route.template.contains("{id}"), "\(route.template)")
            for id in foreignIDs.isEmpty ? [""] : foreignIDs {
                let body = Self.body(route)
                let answer = ask(route, id, token, body: body)
                let what: Testing.Comment = "\(route.method) \(route.template) \(id): \(answer.status) \(answer.text)"
                guard route.isConfined else {
                    #expect(answer.status == 403 && answer.text.contains("limited_token"), what)
                    refused += 1
                    continue
                }
                confined += 1
                #expect(!answer.text.contains(Self.mark), what)
                if route.template.contains("{id}") {
                    // Without an action to delete with, no comment can be deleted, whosever it is.
                    #expect(answer.status == 404 || answer.text.contains("no_action"), what)
                } else {
                    #expect([200, 400].contains(answer.status), what)
                }
                guard route.method == "GET" else { continue }
                // The same for all sources: what is absent here is there. So the test sees something.
                let everything = ask(route, id, whole)
                if everything.status == 200, everything.text.contains(Self.mark) { shown += 1 }
                // Whatever narrows it, nothing of another source comes to light.
                for query in ["source=other", "q=\(Self.mark)", "order=\(Self.mark)", "order_id=\(Self.mark)"]
                where route.parameters.contains(String(query.prefix { $0 != "=" })) {
                    #expect(!ask(route, id, token, query: query).text.contains(Self.mark), what)
                }
            }
        }
        #expect(confined > 25 && refused >= 2 && shown >= 12, "\(confined) \(refused) \(shown)")
    }

    @Test func nothingOfAnotherSourceIsDone() throws {
        let token = try fixture.token(.admin, "limited", sources: ["shop"])
        let state = """
            select (select count(*) from events) || ' ' || (select count(*) from replays) || ' '
                || (select string_agg(job_id || ':' || state, ',' order by job_id) from jobs
                    where event_id in (select id from events where source <> 'shop'))
                || (select string_agg(coalesce(moderation, '-'), ',') from comments)
            """
        let before = try ids(state)
        let event = try #require(ids("select id::text from events where source = 'other' order by id limit 1").first)
        let job = try #require(ids("select job_id::text from jobs where state = 2 order by job_id desc limit 1").first)
        for (path, body) in [
            ("/api/v2/replay", #"{"ids":[\#(event)],"reason":"x","set":{"data.order_status":"CANCEL"}}"#),
            ("/api/v2/replay", #"{"source":"other","reason":"x"}"#),
            ("/api/v2/replay", #"{"until":"2100-01-01T00:00:00Z","source":"comments","reason":"x"}"#),
            ("/api/v2/dead-letters/retry", #"{"ids":[\#(job)],"reason":"x","uncertain":true}"#),
            ("/api/v2/dead-letters/discard", #"{"ids":[\#(job)],"reason":"x"}"#),
            ("/api/v2/dead-letters/discard", #"{"order":"\#(Self.mark)","reason":"x"}"#),
        ] {
            let answer = fixture.answer(fixture.request("POST", path, token: token, body: body))
            #expect(answer.status == 200 && !answer.text.contains(Self.mark), "\(path) \(body): \(answer.text)")
        }
        #expect(try ids(state) == before)
        // Its own dead letter is the only one that "all" means.
        let all = fixture.answer(
            fixture.request("POST", "/api/v2/dead-letters/retry", token: token, body: #"{"all":true,"reason":"x"}"#))
        #expect(try all.json()["moved"]?.array?.count == 1)
        #expect(try ids(state) == before)
    }

    @Test func whatIsItsOwnIsThere() throws {
        let token = try fixture.token(.admin, "limited", sources: ["shop", "roms"])
        #expect(try fixture.get("/api/v2/session", token: token)["sources"] == ["shop", "roms"])
        #expect(try fixture.get("/api/v2/session", token: fixture.token(.read))["sources"] == .null)
        #expect(try fixture.get("/api/v2/events", token: token)["data"]?.array?.count == 1)
        #expect(try fixture.get("/api/v2/orders", token: token)["data"]?.array?.count == 1)
        #expect(try fixture.get("/api/v2/dead-letters", token: token)["data"]?.array?.count == 1)
        #expect(try fixture.get("/api/orders/a-order", token: token)["data"]?["order_id"] == "a-order")
        let names = try fixture.get("/api/v2/sources", token: token)["data"]?.array?.map { $0["name"] }
        #expect(names == ["shop", "roms"])
        let buckets = try fixture.get("/api/v2/statistics", token: token)["buckets"]?.array ?? []
        #expect(buckets.reduce(0) { $0 + ($1["deliveries"]?.integer ?? 0) } == 1)
        #expect(buckets.reduce(0) { $0 + ($1["refusals"]?.integer ?? 0) } == 0)
        #expect(buckets.last?["queue_depth"] == 0)
    }

    /// The responder of the version before knows no limits: it must not take such a token for one without.
    @Test func theVersionBeforeDoesNotKnowALimitedToken() throws {
        for (sources, count) in [(["shop"], 0), (nil, 1)] as [([String]?, Int)] {
            _ = try fixture.token(.read, "\(count)", sources: sources)
            let newest = "select hash from api_tokens order by id desc limit 1"
            let hash = try fixture.superuser.query(newest).only().bytes(0)
            let found = try fixture.connection.query("select count(*) from find_token($1::bytea)", [.bytes(hash)])
            #expect(try found.only().int(0) == count)
        }
    }

    @Test func aTokenIsLimitedToSomethingOrNotAtAll() throws {
        #expect(throws: PostgresError.self) { try fixture.token(.read, "none", sources: []) }
    }
}
