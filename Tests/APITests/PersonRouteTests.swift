import JSON
import Ledger
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// What the routes about a person answer, and what they leave alone.
@Suite(.blocking) struct PersonRouteTests {
    let fixture: APIFixture

    init() throws { fixture = try Self.filled(APIFixture()) }

    /// Orders of eva, of two who only look like her, and one that quotes her.
    private static func filled(_ fixture: APIFixture) throws -> APIFixture {
        try fixture.superuser.execute(
            """
            with o as (
                insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                    last_event_received_at)
                select 'shop', n::text, 'tiktok_shop_guide', jsonb_build_object('status', 'PAID', 'email', address,
                        'shipping_address', 'Street ' || n, 'phone', phone),
                    jsonb_build_object('note', note), '{}', 1, now()
                from (values (1, 'eva@post.example', '+4930123456', 'x'), (2, 'neva@post.example', '+43930123456', 'x'),
                    (3, 'bob@post.example', '+4989777777', 'for eva@post.example'),
                    (4, 'eva+shop@post.example', '+4989777778', 'x')) as a (n, address, phone, note)
                returning id, order_data, extra)
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body, order_row)
            select nextval('event_ids'), now(), 'shop', 'tiktok_shop_guide', '1', 'order.updated', 'created', 'signature', 't',
                'r', '', 'POST', '/', '', '[]', convert_to((order_data || extra)::text, 'UTF8'), id
            from o
            """)
        return fixture
    }

    private func post(_ deed: String, _ body: String, on other: APIFixture? = nil) throws -> Answer {
        let fixture = other ?? fixture
        let token = try fixture.token(.admin, "t\(SystemClock.monotonicNanoseconds())")
        return fixture.answer(
            fixture.request("POST", "/api/v2/persons/\(deed)", token: token, body: body))
    }

    /// Everything that a request could change.
    private func content(_ other: APIFixture? = nil) throws -> String? {
        try (other ?? fixture).superuser.query(
            """
            select concat((select string_agg(t::text, '|' order by id) from orders as t),
                (select string_agg(t::text, '|' order by id) from events as t), (select count(*) from operator_log),
                (select count(*) from aside_requests))
            """
        ).only().optionalText(0)
    }

    private func row(_ order: String) throws -> String {
        "order:"
            + (try fixture.superuser.query("select id::text from orders where order_id = '\(order)'").only().text(0))
    }

    @Test func aCopyHoldsThePersonAlone() throws {
        let answer = try post(
            "export", #"{"emails":["Eva@post.example"],"phones":["+4930123456"],"reason":"a copy"}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let json = try answer.json()
        let document = json["document"]
        #expect(document?["orders"]?.array?.map { $0["order_id"]?.string } == ["1"])
        #expect(document?["orders"]?.array?.first?["order_data"]?["shipping_address"]?.string == "Street 1")
        #expect(document?["events"]?.array?.count == 1 && document?["mentioned_in"]?.array?.count == 1)
        for other in ["neva@", "bob@", "eva+shop@", "Street 2", "Street 3", "+43930123456"] {
            #expect(!answer.text.contains(other), "\(other)")
        }
        // The report lists near misses, by their row ids.
        let misses = json["search"]?["near_misses"]?.array?.compactMap(\.string) ?? []
        #expect(try misses.contains(row("2")) && misses.contains(row("4")), "\(misses)")
        #expect(json["search"]?["read_row_by_row"]?.integer ?? 0 > 0 && json["aside"] == .null)
        #expect(
            try fixture.superuser.query("select action || ' ' || reason from operator_log").only().text(0)
                == "data_request a copy")
    }

    @Test func aPersonIsForgotten() throws {
        let others = "select string_agg(t::text, '|' order by id) from orders as t where order_id in ('2', '4')"
        let before = try fixture.superuser.query(others).only().text(0)
        let answer = try post("forget", #"{"emails":["eva@post.example"],"reason":"she asked"}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let done = try answer.json()["done"]?.string ?? ""
        #expect(done.contains("1 events, 1 orders, 1 quoting_events"), "\(done)")
        #expect(!answer.text.contains("post.example"))
        #expect(try fixture.superuser.query(others).only().text(0) == before)
        let left = try fixture.superuser.query(
            "select string_agg(concat(order_data, extra), '|' order by order_id) from orders where order_id in ('1', '3')"
        ).only().text(0)
        #expect(
            !left.contains("eva@") && !left.contains("Street 1") && left.contains("bob@") && left.contains("Street 3"))
        // The second time there is nobody.
        #expect(try post("forget", #"{"emails":["eva@post.example"],"reason":"again"}"#).status == 404)
    }

    @Test(arguments: ["export", "forget"]) func aDryRunTellsIdsAndReasonsAndChangesNothing(_ deed: String) throws {
        let before = try content()
        let answer = try post(deed, #"{"emails":["eva@post.example"],"dry_run":true,"reason":"r"}"#)
        #expect(answer.status == 200 && !answer.text.contains("@") && !answer.text.contains("Street"), "\(answer.text)")
        let touched = try answer.json()["touched"]?.array ?? []
        let rows = touched.compactMap { $0["what"]?.string }
        #expect(try rows.contains(row("1")) && rows.contains(row("3")) && !rows.contains(row("2")))
        #expect(rows.count == 4 && touched.allSatisfy { $0["why"]?.string?.isEmpty == false })
        #expect(try content() == before)
    }

    @Test(arguments: ["export", "forget"]) func whatNamesNobodyIsRefusedAndChangesNothing(_ deed: String) throws {
        let before = try content()
        for (body, status) in [
            (#"{"emails":["@"],"reason":"r"}"#, 404), (#"{"emails":["a@"],"reason":"r"}"#, 404),
            (#"{"phones":["12"],"reason":"r"}"#, 404), (#"{"emails":[],"reason":"r"}"#, 400),
            (#"{"reason":"r"}"#, 400), (#"{"emails":["eva@post.example"]}"#, 400),
            (#"{"emails":["nobody@post.example"],"reason":"r"}"#, 404),
            (#"{"customers":["eva@post.example"],"reason":"r"}"#, 404),
            (#"{"emails":["eva@post.example"],"source":"none","reason":"r"}"#, 404),
        ] {
            let answer = try post(deed, body)
            #expect(answer.status == status, "\(body): \(answer.status) \(answer.text)")
        }
        let token = try fixture.token(.replay)
        let answer = fixture.answer(
            fixture.request(
                "POST", "/api/v2/persons/\(deed)", token: token, body: #"{"emails":["eva@post.example"],"reason":"r"}"#)
        )
        #expect(answer.status == 403)
        #expect(try content() == before)
    }

    /// Files are out of the API's reach: the answer says who looks into them, also when the database has nothing.
    @Test func theSpoolIsLeftToTheBatchProcessor() throws {
        let other = try Self.filled(APIFixture("spool: /var/lib/hookledger/spool"))
        let copy = try post("export", #"{"emails":["eva@post.example"],"reason":"r"}"#, on: other).json()
        #expect(copy["aside"]?.string?.contains("data-requests/aside-1.json") == true, "\(copy["aside"] ?? .null)")
        for email in ["eva@post.example", "nobody@post.example"] {
            let answer = try post("forget", #"{"emails":["\#(email)"],"reason":"r"}"#, on: other)
            #expect(try answer.status == 200 && answer.json()["aside"]?.string?.contains("batch processor") == true)
        }
        let before = try content(other)
        let plan = try post("forget", #"{"emails":["bob@post.example"],"dry_run":true,"reason":"r"}"#, on: other)
        #expect(try plan.json()["aside"]?.string?.contains("not searched") == true)
        #expect(try content(other) == before)
        #expect(
            try other.superuser.query("select string_agg(kind || requested_by, ' ' order by id) from aside_requests")
                .only().text(0).contains("copytoken:"))
    }
}
