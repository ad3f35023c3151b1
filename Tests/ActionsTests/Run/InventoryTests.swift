import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The action `inventory` in the real `hookledger-batch`.
@Suite(.blocking) struct InventoryTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    private func run(_ actions: String...) throws {
        let program = try BatchProgram(fixture, url: "http://127.0.0.1:1", actions: actions)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    /// One event of the one order, which says this now.
    private func enqueue(status: String, order: String = OrderActionsTests.order) throws {
        try fixture.enqueue(1, orders: 1, action: "stock")
        _ = try fixture.superuser.query(
            "update orders set order_data = $1::jsonb || jsonb_build_object('status', $2::text)",
            [.text(order), .text(status)])
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
        // A late event about the sale no longer changes anything.
        try enqueue(status: "AWAITING_SHIPMENT")
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:10 B-2:10")
        #expect(
            try fixture.value(
                "select string_agg(reason || delta, ' ' order by reason, delta) from inventory_movements")
                == "returned1 returned2 sold-2 sold-1")
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason like 'all of it%'") == 3)
    }

    /// A sale from the future would be subtracted from every count to come.
    @Test func aSaleCountsNoLaterThanItsReceipt() throws {
        try count("A-1", "p1", "11", 10)
        try enqueue(status: "AWAITING_SHIPMENT")
        try fixture.superuser.execute("update events set occurred_at = received_at + interval '1 year'")
        try run("stock: { kind: inventory }")
        #expect(try left?.hasPrefix("A-1:8") == true)
        #expect(
            try fixture.count(
                "inventory_movements",
                "occurred_at <= (select max(received_at) + interval '300 seconds' from events)") == 2)
    }

    @Test func whatWasNeverSoldIsNotReturned() throws {
        try count("A-1", "p1", "11", 10)
        try enqueue(status: "cancelled")
        try run("stock: { kind: inventory }")
        #expect(try left == "A-1:10")
        #expect(try fixture.count("inventory_movements") == 0)
    }

    /// Two pieces of A and three of B, known by these ids.
    private func lines(_ a: String?, _ b: String?) -> (a: String, b: String) {
        func line(_ id: String?, _ product: String, _ sku: String, _ quantity: Int) -> String {
            let id = id.map { #""line_id": "\#($0)", "# } ?? ""
            return #"{\#(id)"product_id": "\#(product)", "variant_id": "", "sku": "\#(sku)", "quantity": \#(quantity)}"#
        }
        return (line(a, "p1", "A", 2), line(b, "p2", "B", 3))
    }

    private func enqueue(_ status: String, _ items: String...) throws {
        try enqueue(status: status, order: #"{"items": [\#(items.joined(separator: ", "))]}"#)
    }

    /// With ids of the sender, with the places that the providers give, and without any.
    @Test(arguments: [("l1", "l2", "l2"), ("#1", "#2", "#1"), (nil, nil, nil)] as [(String?, String?, String?)])
    func whatWasSoldOfAnEditedOrderIsReturned(a: String?, b: String?, bLater: String?) throws {
        try count("A", "p1", "", 10)
        try count("B", "p2", "", 10)
        try enqueue("PAID", lines(a, b).a, lines(a, b).b)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:8 B:7")
        try enqueue("PAID", lines(nil, bLater).b)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:8 B:7")
        for _ in 0..<2 { try enqueue("CANCELLED", lines(nil, bLater).b) }
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10 B:10")
        #expect(try fixture.count("inventory_movements", "reason = 'returned'") == 2)
        // Reinstated, it is not sold again.
        try enqueue("PAID", lines(nil, bLater).b)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10 B:10")
    }

    @Test func aCancelledOrderWithoutLinesGivesBackWhatWasSold() throws {
        try count("A", "p1", "", 10)
        try enqueue("PAID", lines("l1", nil).a)
        try run("stock: { kind: inventory }")
        try enqueue("CANCELLED")
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10")
    }

    /// Two lines of the same are two; a third that comes later is sold, too.
    @Test func linesOfTheSameAreCounted() throws {
        try count("A", "p1", "", 10)
        let line = lines("#1", nil).a
        try enqueue("PAID", line, lines("#2", nil).a)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:6")
        try enqueue("PAID", line, lines("#2", nil).a, lines("#3", nil).a)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:4")
        try enqueue("CANCELLED", line)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10")
    }

    /// Movements of a time when lines without an id were known by their place.
    @Test func whatWasSoldByItsPlaceIsNotSoldAgainAndComesBack() throws {
        try count("A", "p1", "", 10)
        try count("B", "p2", "", 10)
        try enqueue("PAID", lines("#1", "#2").a, lines("#1", "#2").b)
        try run("stock: { kind: inventory }")
        try fixture.superuser.execute(
            """
            update inventory_movements as m set movement_key = case i.sku when 'A' then 'shop:1:#1:sold' else 'shop:1:#2:sold' end
            from inventory as i where i.id = m.inventory_id
            """)
        try enqueue("PAID", lines("#2", "#1").b, lines("#2", "#1").a)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:8 B:7")
        try enqueue("CANCELLED", lines(nil, "#1").b)
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10 B:10")
    }

    /// What the first attempt put back comes with its end or not at all.
    @Test func aReturnThatFailsOnTheWayIsRepeatedAsAWhole() throws {
        try count("A", "p1", "", 10)
        try count("B", "p2", "", 10)
        try enqueue("PAID", lines("l1", "l2").a, lines("l1", "l2").b)
        try run("stock: { kind: inventory }")
        try fixture.superuser.execute(
            "alter table inventory_movements add constraint no_b check (delta < 3) not valid")
        try enqueue("CANCELLED")
        try run("stock: { kind: inventory, backoff: 1h }")
        #expect(try left == "A:8 B:7")
        try fixture.superuser.execute(
            "alter table inventory_movements drop constraint no_b; update jobs set run_at = now()")
        try run("stock: { kind: inventory }")
        #expect(try left == "A:10 B:10")
    }

    @Test func whatTheDatabaseRefusesIsAFailedAttempt() throws {
        try fixture.superuser.execute(
            "alter table inventory_movements add constraint too_many check (delta > -2) not valid")
        try enqueue(status: "PAID")
        try run("stock: { kind: inventory, backoff: 1h }")
        #expect(try fixture.count("jobs", "state = 0 and attempt = 1 and last_error like '%too_many%'") == 1)
        #expect(try fixture.count("inventory_movements") == 0)
    }

    @Test func peopleAreNotifiedOnceWhenStockIsLow() throws {
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
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            try enqueue(status: "PAID")
        }
        #expect(
            try standIns.effects("slack") == [
                "Low stock: A-1 has 2 left after order 1.": 1, "Low stock: B-2 has 2 left after order 1.": 1,
            ])
    }
}
