import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// Each missing order has the reason that the ledger knows.
@Suite(.blocking) struct MissingReasonTests {
    let world: ShopWorld

    init() throws {
        world = try ShopWorld(now: SystemClock.now)
        try world.reconcile(.woocommerce)
        pass(minutes: 6)
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    private func order(_ id: String) throws -> ShopOrder {
        let order = ShopOrder(
            .woocommerce, id, placedAt: Timestamp(seconds: world.now.seconds) ?? world.now, state: .paid)
        try world.shops.put(order.body, in: .woocommerce)
        return order
    }

    private func reasons() throws -> String? {
        pass(minutes: 6)
        try world.reconcile(.woocommerce)
        return try world.value(
            "select string_agg(order_id || ' ' || reason, ', ' order by order_id) from missing_orders")
    }

    @Test func aRefusedDelivery() throws {
        let order = try order("31")
        #expect(try world.deliver(order.webhook(serial: 1, secret: "another secret", now: world.now)) == .refused)
        _ = try self.order("3")
        #expect(try reasons() == "3 not_received, 31 refused")
        #expect(
            try world.value("select detail like 'no_secret_matched: %' from missing_orders where order_id = '31'")
                == "true")
    }

    @Test func aWebhookThatIsOff() throws {
        try world.shops.setWebhook(false, of: .woocommerce)
        _ = try order("1")
        #expect(try reasons() == "1 webhook_off")
        #expect(try world.value("select is_webhook_off from reconcile_state") == "true")
        _ = try order("2")
        pass(minutes: 1)
        try world.shops.setWebhook(true, of: .woocommerce)
        #expect(try reasons() == "1 webhook_off, 2 webhook_off")
        #expect(try world.value("select is_webhook_off from reconcile_state") == "false")
        pass(minutes: 1)
        _ = try order("3")
        #expect(try reasons() == "1 webhook_off, 2 webhook_off, 3 not_received")
    }

    @Test func aDeliveryThatCouldNotBeImported() throws {
        world.aside = ["1"]
        for id in ["1", "2"] { _ = try order(id) }
        #expect(try reasons() == "1 spool_aside, 2 not_received")
    }

    @Test func nobodyRan() throws {
        _ = try order("1")
        pass(minutes: 60)
        #expect(try reasons() == "1 host_away")
    }

    /// The first run after an outage fails: the one that continues it still knows of the outage.
    @Test func nobodyRanAndThenTheTokenWasRefused() throws {
        _ = try order("1")
        pass(minutes: 60)
        try world.shops.setToken("the next token", of: .woocommerce)
        guard case .failed("unauthorized", _) = try world.reconcile(.woocommerce).end else {
            Issue.record("the token must be refused")
            return
        }
        try world.shops.setToken("test-token", of: .woocommerce)
        #expect(try reasons() == "1 host_away")
    }

    @Test func anOrderThatPostgresRefusesHoldsBackNoOther() throws {
        try world.superuser.execute(
            """
            create function refuse_one() returns trigger language plpgsql as $$
            begin if new.order_id = '5' then raise 'not this one'; end if; return new; end $$;
            create trigger refuse_one before insert on orders for each row execute function refuse_one()
            """)
        for id in ["4", "5", "6"] { _ = try order(id) }
        #expect(try reasons() == "4 not_received, 5 not_recorded, 6 not_received")
        #expect(try world.value("select count(*) from orders") == "2")
    }
}
