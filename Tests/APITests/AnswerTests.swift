import JSON
import Ledger
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import API

/// What is answered, from what is stored.
@Suite(.blocking) struct AnswerTests {
    let fixture: APIFixture
    let token: String

    init() throws {
        fixture = try APIFixture()
        token = try fixture.token(.admin)
    }

    private func post(_ target: String, _ body: String) throws -> JSONValue {
        let answer = fixture.answer(fixture.request("POST", target, token: token, body: body))
        try #require(answer.status == 200, "\(target): \(answer.text)")
        return try answer.json()
    }

    private func texts(_ page: JSONValue, _ key: String) -> [String] {
        (page["data"]?.array ?? []).map { $0[key]?.identifier ?? "" }
    }

    @Test func pagesHoldEveryDeliveryOnce() throws {
        var kept = try fixture.store((0..<7).map { try fixture.order("p\($0)") }).map { "event\($0)" }
        for number in 1...4 {
            try fixture.refuse()
            kept.append("refusal\(number)")
        }
        var shown: [String] = []
        var target = "/api/v2/events?limit=3"
        for _ in 0..<10 {
            let page = try fixture.get(target, token: token)
            shown += (page["data"]?.array ?? []).map { "\($0["kind"]?.string ?? "")\($0["id"]?.text ?? "")" }
            // What comes in meanwhile moves nothing.
            try fixture.store([fixture.order("later\(shown.count)")])
            guard let next = page["next"]?.string else { break }
            target = "/api/v2/events?limit=3&before=\(next)"
        }
        #expect(shown.count == kept.count && Set(shown) == Set(kept))
    }

    @Test func oneEventWithAllThatIsKnown() throws {
        let id = try #require(fixture.store([fixture.order("1", "AWAITING_SHIPMENT")]).first)
        try fixture.killJobs()
        let event = try fixture.get("/api/v2/events/\(id)", token: token)
        #expect(event["state"] == "failed" && event["reason"] == "answered 404" && event["disposition"] == "created")
        #expect(event["order"]?["order_id"] == "1" && event["changes"]?["status"] == "AWAITING_SHIPMENT")
        #expect(event["words"]?.string?.hasPrefix("Nothing was proven") == true)
        #expect(event["request"]?["headers"] == [["x-signature", "abcd…"], ["user-agent", "test"]])
        let body = event["request"]?["body"]
        #expect(body?["text"]?.string?.contains(#""order_id":"1""#) == true && body?["length"] == body?["kept"])
        #expect(event["answer"]?["status"] == 200 && event["answer"]?["body"]?.string?.contains("true") == true)
        #expect(event["jobs"]?.array?.map { $0["state"] } == ["dead"])
        #expect(event["timeline"]?.array?.map { $0["kind"] } == ["event", "job"])
        #expect(try texts(fixture.get("/api/v2/events?state=failed", token: token), "id") == ["\(id)"])
        #expect(try texts(fixture.get("/api/v2/events?state=completed", token: token), "id") == [])
        #expect(try texts(fixture.get("/api/v2/events?ids=\(id),99", token: token), "id") == ["\(id)"])
        #expect(fixture.answer(fixture.request("GET", "/api/v2/events/99", token: token)).status == 404)
    }

    @Test func oneRefusal() throws {
        try fixture.refuse(.outsideTolerance)
        let refusal = try fixture.get("/api/v2/refusals/1", token: token)
        #expect(refusal["words"] == "It was signed too long ago, or in the future: for a test")
        #expect(refusal["request"]?["body"]?["text"] == #"{"forged":true}"#)
        #expect(try texts(fixture.get("/api/v2/refusals?kind=outside_tolerance", token: token), "id") == ["1"])
        #expect(try texts(fixture.get("/api/v2/refusals?kind=no_secret_matched", token: token), "id") == [])
    }

    @Test func ordersOfTheGuideAndOfTheShop() throws {
        try fixture.store([
            fixture.order("1", "AWAITING_SHIPMENT"), fixture.order("2"), fixture.order("2", source: "other"),
        ])
        let order = try fixture.get("/api/orders/1", token: token)
        #expect(order["success"] == true && order["data"]?["total_amount"]?.text == "49.98")
        #expect(order["data"]?["processed"] == false && order["data"]?["shop_id"] == "shop_1")
        let twice = fixture.answer(fixture.request("GET", "/api/orders/2", token: token))
        #expect(try twice.status == 409 && twice.json()["parameter"] == "source")
        #expect(try fixture.get("/api/orders/2?source=other", token: token)["data"]?["source"] == "other")
        let page = try fixture.get("/api/orders/shop/shop_1?limit=2&offset=1", token: token)
        #expect(texts(page, "order_id") == ["2", "1"])
        #expect(page["pagination"] == ["limit": 2, "offset": 1, "has_more": false])
        #expect(try texts(fixture.get("/api/orders/queue/unprocessed", token: token), "order_id") == ["1"])
        let types = try fixture.get("/api/orders/stats/webhooks?shopId=shop_1", token: token)
        #expect(texts(types, "event_type") == ["order_created"])
        #expect(types["data"]?.array?.first?["total"] == 3 && types["data"]?.array?.first?["failed"] == 0)
        #expect(try texts(fixture.get("/api/v2/orders?processed=false", token: token), "order_id") == ["1"])
        let row = try #require(order["data"]?["id"]?.integer)
        let changes = try fixture.get("/api/v2/orders/\(row)/changes", token: token)
        #expect(texts(changes, "field").contains("status"))
        #expect(try texts(fixture.get("/api/v2/orders/\(row)/timeline", token: token), "kind") == ["job", "event"])
        let first = try fixture.get("/api/v2/orders?limit=2", token: token)
        let next = try #require(first["next"]?.string)
        #expect(try texts(fixture.get("/api/v2/orders?limit=2&before=\(next)", token: token), "order_id") == ["1"])
    }

    @Test func deadLettersAreRetriedAndDiscardedWithAWord() throws {
        try fixture.store((1...4).map { try fixture.order("\($0)", "AWAITING_SHIPMENT") })
        try fixture.killJobs()
        let dead = try fixture.get("/api/v2/dead-letters", token: token)
        let ids = texts(dead, "job_id")
        try #require(ids.count == 4)
        let dry = try post("/api/v2/dead-letters/retry", #"{"all":true,"dry_run":true,"reason":"look"}"#)
        #expect(dry["moved"]?.array?.count == 4 && dry["dry_run"] == true)
        #expect(try texts(fixture.get("/api/v2/dead-letters", token: token), "job_id") == ids)
        let one = try post("/api/v2/dead-letters/\(ids[0])/retry", #"{"reason":"the ERP is back"}"#)
        #expect(one["moved"]?.array?.map(\.text) == [ids[0]])
        #expect(try texts(fixture.get("/api/v2/jobs", token: token), "job_id") == [ids[0]])
        let again = fixture.request(
            "POST", "/api/v2/dead-letters/\(ids[0])/retry", token: token, body: #"{"reason":"x"}"#)
        #expect(fixture.answer(again).status == 404)
        _ = try post("/api/v2/dead-letters/\(ids[1])/discard", #"{"reason":"a test order"}"#)
        _ = try post("/api/v2/dead-letters/discard", #"{"order":"3","reason":"so is this"}"#)
        #expect(try texts(fixture.get("/api/v2/dead-letters", token: token), "job_id") == [ids[3]])
        let log = try fixture.get("/api/v2/operator-log", token: token)
        #expect(texts(log, "action") == ["dead.discard", "dead.discard", "dead.retry"])
        #expect(texts(log, "actor") == ["token:admin", "token:admin", "token:admin"])
        #expect(texts(log, "reason") == ["so is this", "a test order", "the ERP is back"])
        let history = try fixture.get("/api/v2/jobs/\(ids[1])", token: token)
        #expect(history["attempts"]?.array?.last?["reason"] == "a test order")
    }

    /// A value that is set is put into the body as it was written in the request.
    @Test func aChangedMemberKeepsTheBytesThatTheRequestGivesIt() throws {
        let id = try #require(fixture.store([fixture.order("1", "AWAITING_SHIPMENT")]).first)
        let set = #"{"data.a\\.b":"\ud800","data.list":[ 1.50 , {"k":1,"k":2} ]}"#
        let answer = try post("/api/v2/events/\(id)/replay", #"{"reason":"bytes","set":\#(set)}"#)
        let new = try #require(answer["events"]?.array?.first?["new_event_id"]?.integer)
        let text = try fixture.get("/api/v2/events/\(new)", token: token)["request"]?["body"]?["text"]?.string ?? ""
        #expect(text.contains(#""a.b":"\ud800""#), "\(text)")
        #expect(text.contains(#""list":[ 1.50 , {"k":1,"k":2} ]"#), "\(text)")
    }

    /// What is still to do says when a batch processor was last seen.
    @Test func openJobsSayWhenABatchProcessorWasSeen() throws {
        #expect(try fixture.get("/api/v2/jobs", token: token)["batch_seen_at"] == .null)
        _ = try fixture.superuser.query("select hookledger.begin_upkeep('retention', interval '1 hour')")
        let seen = try fixture.get("/api/v2/jobs", token: token)["batch_seen_at"]?.string ?? ""
        #expect(Timestamp(rfc3339: seen) != nil, "\(seen)")
    }

    @Test func replaysSayWhatWouldRunAndThenRunItOnce() throws {
        let id = try #require(fixture.store([fixture.order("1", "AWAITING_SHIPMENT")]).first)
        try fixture.killJobs()
        let dry = try post("/api/v2/events/\(id)/replay", #"{"reason":"look","dry_run":true}"#)
        #expect(dry["replayed"] == 0 && dry["matched"] == 1)
        let job = dry["events"]?.array?.first?["jobs"]?.array?.first
        #expect(job?["action"] == "erp" && job?["kind"] == "http" && job?["fate"] == "revived" && job?["runs"] == true)
        #expect(try texts(fixture.get("/api/v2/jobs", token: token), "job_id") == [])
        for replayed in [1, 1] {
            let body = #"{"reason":"again, please","run":"mine"}"#
            #expect(try post("/api/v2/events/\(id)/replay", body)["matched"]?.integer == Int64(replayed))
        }
        for other in [#""again":true"#, #""set":{"data.order_status":"CANCEL"}"#, #""again":true,"dry_run":true"#] {
            let answer = fixture.answer(
                fixture.request(
                    "POST", "/api/v2/events/\(id)/replay", token: token,
                    body: #"{"reason":"again, please","run":"mine",\#(other)}"#))
            #expect(try answer.status == 409 && answer.json()["error"] == "other_replay", "\(answer.text)")
        }
        #expect(try texts(fixture.get("/api/v2/jobs", token: token), "action") == ["erp"])
        let changed = try post(
            "/api/v2/events/\(id)/replay", #"{"reason":"it was cancelled","set":{"data.order_status":"CANCEL"}}"#)
        let new = try #require(changed["events"]?.array?.first?["new_event_id"]?.integer)
        let event = try fixture.get("/api/v2/events/\(new)", token: token)
        #expect(event["replay_of"]?.integer == id && event["origin"] == "replay" && event["answer"] == .null)
        #expect(event["words"]?.string?.contains("token:admin") == true)
        #expect(try fixture.get("/api/v2/events/\(id)", token: token)["replays"] == [.number(JSONNumber(new))])
        #expect(try fixture.get("/api/orders/1", token: token)["data"]?["status"] == "CANCELLED")
        let many = try post("/api/v2/replay", #"{"source":"shop","limit":1,"dry_run":true,"reason":"look"}"#)
        #expect(many["has_more"] == true && many["matched"] == 1)
        let none = try post("/api/v2/replay", #"{"ids":[4711],"reason":"look"}"#)
        #expect(none["matched"] == 0 && none["events"] == [])
        let log = try fixture.get("/api/v2/operator-log?subject=event:\(id)", token: token)
        #expect(texts(log, "reason") == ["it was cancelled", "again, please"])
    }

    @Test func theSilenceThatIsTooLongIsTheConfigurations() throws {
        let fixture = try APIFixture("alerts: { silent: { shop: 6h } }")
        for number in 1...11 { try fixture.store([fixture.order("\(number)")]) }
        let sources = try fixture.get("/api/v2/sources", token: fixture.token(.read))["data"]?.array ?? []
        #expect(sources.map { $0["silent_after_seconds"] ?? 0 } == [21_600, .null, .null, .null])
        #expect(sources.first?["usual_seconds"] != .null)
    }

    @Test func registeredWebhooksAreThoseOfTheLastTime() throws {
        let target = "/api/v2/registered-webhooks"
        #expect(try fixture.get(target, token: token)["data"] == [])
        let operatorConnection = try APIFixture.connect(fixture.database, "hookledger_operator")
        for url in ["https://a.test/webhook", "https://b.test/webhook"] {
            let webhook: JSONValue = ["id": "7", "events": ["orders/create"], "url": .string(url), "status": .null]
            try RegisteredWebhooks.keep(
                [webhook], of: "shopify", at: "https://shop.test", on: operatorConnection)
        }
        let rows = try fixture.get(target, token: token)["data"]?.array ?? []
        #expect(rows.map { $0["url"]?.string } == ["https://b.test/webhook"])
        #expect(rows.first?["events"] == ["orders/create"] && rows.first?["provider"] == "shopify")
    }

    @Test func schemaChangesAreListedByPages() throws {
        try fixture.superuser.execute(
            """
            insert into shape_changes (source, provider, type, shape_id, path, change, after, event_id, event_received_at)
            select case n when 3 then 'other' else 'shop' end, 'shopify', 'orders/create', 1, 'm' || n, 'new_member', 'text',
                7, now()
            from generate_series(1, 3) as n
            """)
        let page = try fixture.get("/api/v2/schema-changes?limit=2", token: token)
        #expect(texts(page, "path") == ["m3", "m2"])
        let next = try #require(page["next"]?.string)
        #expect(texts(try fixture.get("/api/v2/schema-changes?before=\(next)", token: token), "path") == ["m1"])
        let own = try fixture.get("/api/v2/schema-changes?source=shop", token: token)
        #expect(texts(own, "path") == ["m2", "m1"] && own["data"]?.array?.first?["event_id"] == 7)
        #expect(own["data"]?.array?.first?["events"] == .null)
    }

    @Test func sourcesStatisticsAndMetrics() throws {
        try fixture.store([fixture.order("1", "AWAITING_SHIPMENT")])
        try fixture.refuse()
        let sources = try fixture.get("/api/v2/sources", token: token)
        #expect(texts(sources, "name") == ["shop", "other", "comments", "roms"])
        let shop = try #require(sources["data"]?.array?.first)
        #expect(shop["events_24h"] == 1 && shop["refusals_24h"] == 1 && shop["verification"] == "none")
        #expect(shop["last_refusal_kind"] == "no_secret_matched" && shop["last_event_at"] != .null)
        #expect(sources["data"]?.array?.last?["last_event_at"] == .null)
        #expect(shop["silent_after_seconds"] == .null && shop["usual_seconds"] == .null)
        let statistics = try fixture.get("/api/v2/statistics?bucket=3600", token: token)
        let last = try #require(statistics["buckets"]?.array?.last)
        #expect(last["deliveries"] == 1 && last["refusals"] == 1 && last["queue_depth"] == 1)
        let long = try fixture.get(
            "/api/v2/statistics?since=1990-01-01T00:00:00Z&until=2090-01-01T00:00:00Z&bucket=10", token: token)
        #expect((900...1000).contains(long["buckets"]?.array?.count ?? 0))

        let counting = Metrics(program: "ingest")
        counting.count(.refusals, "source", "shop \"A\"", "reason", "no_secret_matched")
        for seconds in [0.002, 0.002, 9] { counting.observe(.ingestSeconds, seconds: seconds) }
        for _ in 0..<2 {
            try counting.flush(over: APIFixture.connect(fixture.database, "hookledger_ingest"))
        }
        let page = fixture.answer(fixture.request("GET", "/metrics", token: token)).text
        for line in [
            "# TYPE hookledger_refusals_total counter",
            #"hookledger_refusals_total{reason="no_secret_matched",source="shop \"A\""} 1.0"#,
            #"hookledger_ingest_seconds_bucket{le="0.001"} 0.0"#,
            #"hookledger_ingest_seconds_bucket{le="0.0025"} 2.0"#,
            #"hookledger_ingest_seconds_bucket{le="+Inf"} 3.0"#, "hookledger_ingest_seconds_count 3.0",
            #"hookledger_jobs{action="erp",state="due"} 1"#, #"hookledger_dead_letters{action="erp"} 0"#,
        ] {
            #expect(page.split(separator: "\n").contains(line[...]), "\(line)")
        }
    }

    @Test func commentsAreDecidedAboutOnce() throws {
        let source = try #require(fixture.settings.source(named: "comments"))
        let body = """
            {"type":"video_comment_created","comment_id":"c1","video_id":"v1","text":"hm","user_id":"u","username":"@u",
            "created_at":1735380000}
            """
        try fixture.store([fixture.recordable(body, source)])
        try fixture.superuser.execute("update comments set moderation = 'review', moderated_at = now()")
        let waiting = try fixture.get("/api/v2/comments?moderation=review", token: token)
        let id = try #require(texts(waiting, "id").first)
        // Nothing deletes in this configuration.
        let delete = fixture.request(
            "POST", "/api/v2/comments/\(id)/delete", token: token, body: #"{"reason":"rude"}"#)
        #expect(fixture.answer(delete).status == 409)
        let allowed = try post("/api/v2/comments/\(id)/allow", #"{"reason":"harmless"}"#)
        // A page that was open meanwhile decides nothing.
        let stale = fixture.request(
            "POST", "/api/v2/comments/\(id)/allow", token: token, body: #"{"reason":"late","expected":"review"}"#)
        #expect(fixture.answer(stale).status == 409)
        let standing = try post("/api/v2/comments/\(id)/allow", #"{"reason":"again","expected":"allow"}"#)
        #expect(standing["moderation_reason"] == "again")
        #expect(allowed["moderation"] == "allow" && allowed["moderated_by"] == "token:admin")
        #expect(try texts(fixture.get("/api/v2/comments?moderation=review", token: token), "id") == [])
        let log = try fixture.get("/api/v2/operator-log?subject=comment:comments/c1", token: token)
        #expect(texts(log, "reason") == ["again", "harmless"])
        let absent = fixture.request("POST", "/api/v2/comments/999/allow", token: token, body: #"{"reason":"x"}"#)
        #expect(fixture.answer(absent).status == 404)
    }
}
