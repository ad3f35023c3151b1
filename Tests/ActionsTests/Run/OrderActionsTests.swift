import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The order actions in the real `hookledger-batch`, against stand-ins that keep the real contracts.
@Suite(.blocking) struct OrderActionsTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    static let order = """
        {"status": "AWAITING_SHIPMENT", "email": "jane@example.com", "items": [
            {"line_id": "1", "product_id": "p1", "variant_id": "11", "sku": "A-1", "quantity": 2},
            {"line_id": "2", "product_id": "p2", "variant_id": "", "sku": "B-2", "quantity": 1}],
         "shipping_address": {"name": "Jane van der Berg", "address1": "1 Main St", "city": "Springfield",
            "region": "IL", "zip": "12345", "country": "us"}}
        """

    private var print: String {
        "print: { kind: printify, shop: \"123\", token: { env: TOKEN }, base_url: \"\(standIns.url)/printify\", "
            + "send_to_production: true, backoff: 10ms, timeout: 2s }"
    }

    private func enqueue(_ count: Int = 1, action: String, order: String = order) throws {
        try fixture.enqueue(count, orders: count, action: action)
        _ = try fixture.superuser.query("update orders set order_data = $1::jsonb, clocks = '{}'", [.text(order)])
    }

    private func run(_ action: String) throws {
        let program = try BatchProgram(fixture, url: "", actions: [action])
        defer { program.remove() }
        // Jobs that wait for a back-off of milliseconds, and for the account that asked to wait a second.
        for _ in 0..<200 where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
    }

    @Test func anOrderIsPrintedOnceAndItsIDKept() throws {
        try enqueue(action: "print")
        // A second event about the same order.
        try fixture.enqueue(1, orders: 1, action: "print")
        try run(print)
        #expect(try standIns.effects("printify") == ["shop-1": 1])
        #expect(try standIns.effects("production").values.map { $0 } == [1])
        #expect(
            try fixture.value("select effect_key || ' ' || left(external_id, 20) from effects")
                == "printify:123:shop-1 5a96f649b2439217d070")
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == 2)
    }

    @Test func anOrderThatExistsAlreadyCountsAsDone() throws {
        try enqueue(action: "print")
        try run(print)
        let id = try fixture.value("select external_id from effects")
        // Everything that this side knew of it is lost.
        try fixture.superuser.execute("delete from effects")
        try fixture.enqueue(1, orders: 1, action: "print")
        try run(print)
        #expect(try standIns.effects("printify") == ["shop-1": 1])
        #expect(try fixture.value("select external_id from effects") == id)
    }

    @Test func anOrderOutlastsTheWaitForItsDetails() throws {
        try fixture.enqueue(1, orders: 1, action: "print", maxAttempts: 1)
        try fixture.superuser.execute(
            "update orders set order_data = '{\"status\": \"AWAITING_SHIPMENT\", \"needs_detail\": true}'")
        let program = try BatchProgram(fixture, url: "", actions: [print])
        defer { program.remove() }
        for _ in 0..<4 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
        #expect(
            try fixture.count("jobs", "state = 0 and last_error = 'the order''s details have not been fetched yet'")
                == 1)
        // The fetch has brought them.
        _ = try fixture.superuser.query("update orders set order_data = $1::jsonb, clocks = '{}'", [.text(Self.order)])
        try fixture.superuser.execute("update jobs set run_at = now()")
        try run(print)
        #expect(try standIns.effects("printify") == ["shop-1": 1])
    }

    /// The name may need what only the event's body says.
    @Test func twoOrdersAreNeverOneToPrintify() throws {
        try enqueue(2, action: "print")
        try fixture.superuser.execute("update events set body = convert_to('{\"n\": ' || (id % 2) || '}', 'UTF8')")
        try run(String(print.dropLast()) + ", external_id: \"T-{payload.n}\" }")
        #expect(try standIns.effects("printify") == ["T-0": 1, "T-1": 1])
    }

    @Test func whatPrintifyRefusesIsBuriedWithItsReason() throws {
        try enqueue(action: "print", order: Self.order.split(separator: "A-1").joined(separator: "unknown"))
        try run(print)
        #expect(
            try fixture.value("select last_error from dead_letters")
                == "answered 400: code 8103: Validation failed.: line_items.0.sku: does not exist")
        #expect(try standIns.effects("printify").isEmpty)
        #expect(try fixture.count("effects") == 0)
    }

    @Test(arguments: ["timeout", "reset", "busy", "error", "garbage", "huge"])
    func everyFaultEndsInOneOrder(fault: String) throws {
        try standIns.inject(fault, at: "/printify/", times: ["timeout", "huge"].contains(fault) ? 1 : 2)
        try enqueue(action: "print")
        try run(print)
        #expect(try standIns.effects("printify") == ["shop-1": 1], "\(fault)")
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == 1)
        #expect(try fixture.count("effects", "state = 'done' and external_id is not null") == 1)
    }

    @Test func aRedirectIsNotFollowed() throws {
        try standIns.inject("redirect", at: "/printify/")
        try enqueue(action: "print")
        try run(print)
        #expect(try fixture.count("dead_letters", "last_error like 'answered 307%redirects are not followed%'") == 1)
        #expect(try standIns.effects("printify").isEmpty)
    }

    private var fetch: String {
        "fetch: { kind: fetch_order, provider: tiktok_shop, base_url: \"\(standIns.url)/tiktok\", backoff: 10ms, "
            + "app_key: { env: APP_KEY }, app_secret: { env: APP_SECRET }, access_token: { env: TOKEN } }"
    }

    @Test func aFetchedOrderIsRecordedAsAnEventAndItsRulesRun() throws {
        try enqueue(action: "fetch", order: #"{"status": "AWAITING_SHIPMENT", "needs_detail": true}"#)
        try run(fetch)
        #expect(
            try fixture.value(
                """
                select string_agg(concat_ws(' ', type, origin, provider, disposition), ', ') from events
                where type = 'order.fetched'
                """) == "order.fetched fetched tiktok_shop_detail applied")
        #expect(
            try fixture.value(
                """
                select concat_ws(' ', order_data ->> 'needs_detail', total_amount, shipping_fee, customer_name,
                    order_data -> 'shipping_address' ->> 'city', order_data -> 'items' -> 0 ->> 'sku') from orders
                """) == "false 54.98 5.00 Jane van der Berg Springfield TSHIRT-M-BLUE")
        #expect(try fixture.count("order_items") == 1)
        // Fetched again, and unchanged: the same event.
        try fixture.enqueue(1, orders: 1, action: "fetch")
        try run(fetch)
        #expect(try standIns.effects("asked") == ["1": 2])
        #expect(try fixture.count("events", "type = 'order.fetched'") == 1)
    }

    @Test func aRefusedSignatureIsTriedAgainAndThenBuried() throws {
        try enqueue(action: "fetch")
        try run(fetch.split(separator: "env: APP_SECRET").joined(separator: "env: TOKEN"))
        #expect(try fixture.value("select last_error from dead_letters") == "code 106001: Invalid signature")
        #expect(try fixture.count("events", "type = 'order.fetched'") == 0)
    }
}
