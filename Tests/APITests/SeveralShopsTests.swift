import JSON
import Ledger
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// An order's id that two shops of one source have: each route that takes one asks for the shop, or narrows by it.
@Suite(.blocking) struct SeveralShopsTests {
    let fixture: APIFixture

    init() throws {
        fixture = try APIFixture()
        try fixture.store([fixture.order("42", "AWAITING_SHIPMENT")])
        try fixture.superuser.execute("update orders set shop_key = 'a.example'")
        // The source's orders are of one range of ids: the second shop's row is made as another source's, and moved.
        try fixture.store([fixture.order("42", "AWAITING_SHIPMENT", source: "other")])
        try fixture.superuser.execute(
            """
            update orders set source = 'shop', shop_key = 'b.example' where source = 'other';
            update events set source = 'shop' where source = 'other'
            """)
    }

    private func post(_ path: String, _ body: String) throws -> Answer {
        let token = try fixture.token(.admin, "t\(body.hashValue)")
        return fixture.answer(fixture.request("POST", path, token: token, body: body))
    }

    @Test(arguments: ["dead-letters/retry", "dead-letters/discard", "held-jobs/release"])
    func whatMovesJobsAsksForTheShop(_ path: String) throws {
        let state = path.hasPrefix("held") ? "3, hold_reason = 'shop', held_at = now()" : "2, last_error = 'x'"
        try fixture.superuser.execute("update jobs set state = \(state)")
        let refused = try post("/api/v2/" + path, #"{"order": "42", "reason": "r"}"#)
        #expect(refused.status == 409)
        #expect(refused.text.contains("a.example, b.example") && refused.text.contains(#""parameter":"shop""#))
        let nobody = try post("/api/v2/" + path, #"{"order": "42", "shop": "c.example", "reason": "r"}"#)
        #expect(nobody.status == 200, "\(nobody.text)")
        #expect(try fixture.superuser.query("select count(*) from jobs where state in (2, 3)").only().int(0) == 2)
        let moved = try post("/api/v2/" + path, #"{"order": "42", "shop": "b.example", "reason": "r"}"#)
        #expect(moved.status == 200, "\(moved.text)")
        #expect(
            try fixture.superuser.query(
                "select string_agg(o.shop_key, '') from jobs as j join orders as o on o.id = j.order_row where j.state in (2, 3)"
            ).only().text(0) == "a.example")
    }

    @Test func listsNarrowByTheShop() throws {
        let token = try fixture.token(.read)
        let jobs = try fixture.get("/api/v2/jobs?order=42&shop=b.example", token: token)
        #expect(jobs["data"]?.array?.count == 1)
        #expect(try fixture.get("/api/v2/jobs?order=42", token: token)["data"]?.array?.count == 2)
        let orders = try fixture.get("/api/v2/orders?order_id=42&shop=a.example", token: token)
        #expect(orders["data"]?.array?.map { $0["shop_key"]?.string } == ["a.example"])
        try fixture.superuser.execute("update jobs set state = 2, last_error = 'x'")
        let dead = try fixture.get("/api/v2/dead-letters?order=42&shop=a.example", token: token)
        #expect(dead["data"]?.array?.count == 1)
    }

    @Test func theGuidesRouteNamesTheShops() throws {
        let token = try fixture.token(.read)
        let answer = fixture.answer(fixture.request("GET", "/api/orders/42", token: token))
        #expect(answer.status == 409 && answer.text.contains("a.example, b.example"))
        #expect(try fixture.get("/api/orders/42?shop=b.example", token: token)["data"]?["shop_key"] == "b.example")
    }
}
