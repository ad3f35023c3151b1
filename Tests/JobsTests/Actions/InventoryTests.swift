import Platform
import Postgres
import StandIns
import Testing

@testable import Jobs

/// The action `inventory` in the real `hookledger-batch`.
@Suite struct InventoryTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func run(_ actions: String...) throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1", actions: actions)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(60)) == .exited(0))
    }

    private func enqueue(status: String) throws {
        try fixture.enqueue(1, orders: 1, action: "stock")
        _ = try fixture.superuser.query(
            "update orders set order_data = $1::jsonb || jsonb_build_object('status', $2::text)",
            [.text(OrderActionsTests.order), .text(status)])
    }

    private var left: String? {
        get throws { try fixture.value("select string_agg(sku || ':' || quantity, ' ' order by sku) from inventory") }
    }

    private func count(_ sku: String, _ product: String, _ variant: String, _ quantity: Int) throws {
        _ = try fixture.superuser.query(
            """
            insert into inventory (source, product_id, variant_id, sku, counted, quantity)
            values ('shop', $1, $2, $3, $4, $4)
            """, [.text(product), .text(variant), .text(sku), .bigint(Int64(quantity))])
    }

    @Test func eachLineIsSoldOnceAndReturnedOnce() throws {
        try count("A-1", "p1", "11", 10)
        try count("B-2", "p2", "", 10)
        for _ in 0..<3 { try enqueue(status: "AWAITING_SHIPMENT") }
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:8 B-2:9")
        for _ in 0..<2 { try enqueue(status: "CANCELLED") }
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:10 B-2:10")
        // A late event about the sale changes nothing any more.
        try enqueue(status: "AWAITING_SHIPMENT")
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:10 B-2:10")
        #expect(
            try fixture.value(
                "select string_agg(reason || delta, ' ' order by reason, delta) from inventory_movements")
                == "returned1 returned2 sold-2 sold-1")
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason like 'all of it%'") == 3)
    }

    @Test func whatWasNeverSoldIsNotReturned() throws {
        try count("A-1", "p1", "11", 10)
        try enqueue(status: "cancelled")
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:10")
        #expect(try fixture.count("inventory_movements") == 0)
    }

    @Test func whatTheDatabaseRefusesIsAFailedAttempt() throws {
        try fixture.superuser.execute(
            "alter table inventory_movements add constraint too_many check (delta > -2) not valid")
        try enqueue(status: "PAID")
        try run("stock: { kind: inventory, backoff: 1h }")
        #expect(try fixture.count("jobs", "state = 0 and attempt = 1 and last_error like '%too_many%'") == 1)
        #expect(try fixture.count("inventory_movements") == 0)
    }

    @Test func peopleAreToldOnceWhenStockIsLow() throws {
        let standIns = try StandIns()
        try count("A-1", "p1", "11", 4)
        try count("B-2", "p2", "", 3)
        try enqueue(status: "PAID")
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/services",
            actions: [
                "stock: { kind: inventory, low_stock: 2 }", "ops: { kind: slack, url: { env: URL_1 }, alerts: true }",
            ])
        defer { program.remove() }
        for _ in 0..<2 {
            #expect(try program.start("--once").wait(timeout: .seconds(60)) == .exited(0))
            try enqueue(status: "PAID")
        }
        #expect(
            try standIns.effects("slack") == [
                "Low stock: A-1 has 2 left after order 1.": 1, "Low stock: B-2 has 2 left after order 1.": 1,
            ])
    }
}
