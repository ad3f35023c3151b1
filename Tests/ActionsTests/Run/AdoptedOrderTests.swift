import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// A database with earlier effects: no replay has one of them again, whatever the rules say by now, and although the
/// orders belong to a shop meanwhile.
@Suite(.blocking) struct AdoptedOrderTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    private var actions: [String] {
        [
            "ops: { kind: slack, url: { env: URL_1 }, text: \"{order.id}\" }",
            "erp: { kind: http, url: \"\(standIns.url)/receiver/x\", secret: { env: HOOK_SECRET } }",
            "print: { kind: printify, shop: \"123\", token: { env: TOKEN }, base_url: \"\(standIns.url)/printify\" }",
            "stock: { kind: inventory }",
            "tell: { kind: message_customer }",
        ]
    }

    private func run(once: String) throws {
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x", actions: actions, condition: "{ type: order.updated }\(once)")
        defer { program.remove() }
        for _ in 0..<20 where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        }
        #expect(try fixture.count("jobs") == 0)
    }

    /// The jobs of all events again, as a replay makes them.
    private func replay(_ run: String) throws {
        let jobs = ["ops slack", "erp http", "print printify", "stock inventory", "tell message_customer"].map {
            let parts = $0.split(separator: " ")
            return "{\"action\": \"\(parts[0])\", \"kind\": \"\(parts[1])\", \"rule\": \"rule-1\"}"
        }
        _ = try fixture.connect(as: "hookledger_operator").query(
            """
            select hookledger.replay_events($1::text, 'cli:test', 'replay:' || $1, null, '{}', false, true,
                array_agg(id), array_agg(received_at), array_agg(order_row), array_agg($2::jsonb),
                array_agg(interval '0'))
            from hookledger.events
            """, [.text(run), .text("[" + jobs.joined(separator: ",") + "]")])
    }

    private struct Happened: Equatable {
        var slack: [String: Int]
        var printed: [String: Int]
        var effects: Int
        var movements: Int
        var messages: Int
    }

    private func happened() throws -> Happened {
        Happened(
            slack: try standIns.effects("slack"), printed: try standIns.effects("printify"),
            effects: try fixture.count("effects", "state = 'done'"),
            movements: try fixture.count("inventory_movements"), messages: try fixture.count("messages"))
    }

    @Test func nothingHappensAgain() throws {
        try fixture.enqueue(4, orders: 2, action: "ops")
        try fixture.superuser.execute("delete from jobs")
        _ = try fixture.superuser.query("update orders set order_data = $1::jsonb", [.text(OrderActionsTests.order)])
        try replay("first")
        try run(once: "")
        let before = try happened()
        #expect(before.slack == ["1": 2, "2": 2] && before.printed == ["shop-1": 1, "shop-2": 1])
        #expect(before.movements == 4 && before.messages == 2 && before.effects == 10)
        // What was kept before, by its very letters.
        #expect(
            try fixture.count(
                "effects",
                """
                effect_key = any (select unnest(array['slack:ops:' || key, 'http:erp:' || key])
                    from (select id || '@' || (extract(epoch from received_at) * 1000000)::bigint || ':rule-1' as key
                        from events) as e) or effect_key in ('printify:123:shop-1', 'printify:123:shop-2')
                """) == 10)

        for (place, once) in ["", "\n    once: status", "\n    once: order"].enumerated() {
            for shop in ["", "shop.example"] {
                _ = try fixture.superuser.query("update orders set shop_key = $1", [.text(shop)])
                try replay("again \(place) \(shop)")
                try run(once: once)
                let now = try happened()
                #expect(now == before, "\(once) \(shop)")
            }
        }
    }

    @Test func anOrderOfTheSameIdInAnotherShopIsAnotherOne() throws {
        try fixture.enqueue(1, orders: 1, action: "ops")
        try fixture.superuser.execute("delete from jobs")
        _ = try fixture.superuser.query("update orders set order_data = $1::jsonb", [.text(OrderActionsTests.order)])
        try replay("first")
        try run(once: "")
        // The first one is adopted, and there is a second one.
        try fixture.superuser.execute(
            """
            alter table orders drop constraint if exists orders_order_id_source_key;
            update orders set shop_key = 'a.example';
            insert into orders (source, order_id, shop_key, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            select source, order_id, 'b.example', provider, order_data, extra, clocks, 1, now() from orders;
            update events set order_row = (select max(id) from orders);
            """)
        try replay("second")
        try run(once: "\n    once: order")
        let now = try happened()
        #expect(now.printed == ["shop-1": 1, "shop-b.example-1": 1] && now.movements == 4)
        #expect(now.messages == 2)
    }
}
