import Crypto
import JSON
import Ledger
import Platform
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Verification
import Webhooks

@testable import Actions

/// EverShop's list says neither which orders changed nor, by `updated_at`, when: orders are compared by their state.
@Suite(.blocking) struct EverShopListingTests {
    private let borrowed: ShopWorlds.Borrowed
    private var world: ShopWorld { borrowed.world }

    init() throws { borrowed = try ShopWorlds.plain.borrow() }

    private func order(_ id: String, minutesAgo: Int64 = 5, _ state: ShopOrder.State = .paid) -> ShopOrder {
        let time = Timestamp(seconds: world.now.seconds - minutesAgo * 60) ?? world.now
        return ShopOrder(.evershop, id, placedAt: time, state: state)
    }

    private func pass(minutes: Int64) { world.now = world.now.advanced(bySeconds: minutes * 60) }

    private func deliver(_ order: ShopOrder) throws -> ShopWorld.Arrival {
        try world.deliver(order.webhook(serial: 1, secret: "a secret of the webhooks", now: world.now))
    }

    /// One of EverShop 2.3.0's own webhooks.
    private func deliver(_ topic: String, _ data: JSONValue, at time: Timestamp) throws -> ShopWorld.Arrival {
        let body: JSONValue = [
            "id": "d-1", "event_id": .string("e-\(topic)"), "topic": .string(topic),
            "created_at": .string(time.rfc3339),
            "data": data,
        ]
        let draft = Draft(
            url: "https://shop.example/webhook/evershop", headers: HeaderFields(), body: body.serialized())
        let signature = try Scheme.everShopWebhooks.sign(
            draft, secret: SigningSecret(keyID: "s", secret: SecretBytes(utf8: "a secret of the webhooks")),
            credentials: [:], now: world.now)
        return try world.deliver(
            Delivery(
                requestID: "own-\(topic)", receivedAt: world.now, host: "shop.example", path: "/webhook/evershop",
                headers: HeaderFields([("x-evershop-topic", topic)] + signature.map { ($0.name, $0.value) }),
                body: draft.body))
    }

    @Test func whatTheListSays() throws {
        try world.shops.put(order("12", .shipped).body, in: .evershop)
        #expect(try world.reconcile(.evershop).counts.absent == 1)
        #expect(
            try world.value(
                """
                select concat_ws(' ', order_data ->> 'status', order_data ->> 'stage', total_amount::numeric(9, 2), currency,
                    order_data ->> 'order_number', order_data ->> 'tracking_number', order_data ->> 'email',
                    order_data -> 'shipping_address' ->> 'country', order_data -> 'items' -> 0 ->> 'sku') from orders
                """) == "shipped shipped 12.50 EUR 112 T1 buyer@example.com DE M1")
        #expect(try world.value("select provider || ' ' || type from events") == "evershop_detail order.created")
    }

    /// The webhook of the order comes late, by either contract: one order, one effect.
    @Test func besideBothContracts() throws {
        let order = order("12")
        try world.shops.put(order.body, in: .evershop)
        try world.reconcile(.evershop)
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(try deliver(order) == .stored)
        #expect(
            try deliver(
                "order_created",
                [
                    "order_id": 12, "order_number": "112", "currency": "EUR", "grand_total": "12.5000",
                    "status": "processing", "payment_status": "paid", "shipment_status": "pending",
                    "created_at": .string(order.placedAt.rfc3339), "updated_at": .string(order.placedAt.rfc3339),
                ], at: order.placedAt.advanced(bySeconds: 1)) == .stored)
        try world.runJobs()
        #expect(world.effects == (1, 1))
        #expect(try world.value("select count(*) from orders") == "1")
        #expect(try world.value("select arrived_at is not null from missing_orders") == "true")
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts == .init(pages: 1, compared: 1))
    }

    /// EverShop's own webhook names the new status only, and the list agrees.
    @Test func aStatusThatAWebhookBroughtIsNotMissing() throws {
        var order = order("12", minutesAgo: 30)
        #expect(try deliver(order) == .stored)
        order.state = .cancelled
        order.changedAt = Timestamp(seconds: world.now.seconds - 600) ?? world.now
        try world.shops.put(order.body, in: .evershop)
        #expect(
            try deliver(
                "order_status_updated", ["orderId": 12, "before": "processing", "after": "canceled"],
                at: order.changedAt.advanced(bySeconds: 2)) == .stored)
        #expect(try world.reconcile(.evershop).counts == .init(pages: 1, compared: 1))
    }

    /// Found although `updated_at` has not moved and the order was placed days ago, but not beyond `lookback`.
    @Test func aLostChangeOfAnOldOrder() throws {
        var orders = [order("11", minutesAgo: 60 * 24 * 9), order("12", minutesAgo: 60 * 24 * 5)]
        for order in orders { #expect(try deliver(order) == .stored) }
        for index in orders.indices {
            orders[index].state = .shipped
            orders[index].changedAt = Timestamp(seconds: world.now.seconds - 600) ?? world.now
            try world.shops.put(orders[index].body, in: .evershop)
        }
        #expect(try world.reconcile(.evershop).counts.older == 1)
        #expect(
            try world.value(
                "select string_agg(order_id || ' ' || (order_data ->> 'status'), ', ' order by order_id) from orders")
                == "11 processing, 12 shipped")
        #expect(
            try world.value("select order_data ->> 'changed_at' from orders where order_id = '12'")
                == orders[1].changedAt.rfc3339)
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts.older == 0)
        // A state whose change has no time is still that of now.
        orders[1].state = .cancelled
        orders[1].changedAt = orders[1].placedAt
        try world.shops.put(orders[1].body, in: .evershop)
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts.older == 1)
        #expect(try world.value("select order_data ->> 'status' from orders where order_id = '12'") == "canceled")
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts.older == 0)
    }

    /// A forwarder's own word for the same stage, as long as nothing happens.
    @Test func anotherWordForTheSameStage() throws {
        var order = order("12", minutesAgo: 30)
        #expect(try deliver(order) == .stored)
        order.details = ["status": ["code": "new"]]
        try world.shops.put(order.body, in: .evershop)
        #expect(try world.reconcile(.evershop).counts == .init(pages: 1, compared: 1))
        order.changedAt = Timestamp(seconds: world.now.seconds - 600) ?? world.now
        try world.shops.put(order.body, in: .evershop)
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts.older == 1)
        pass(minutes: 6)
        #expect(try world.reconcile(.evershop).counts.older == 0)
    }

    /// What a webhook has said within `settle` may be newer than the list.
    @Test func aWebhookThatIsNewerThanTheListStays() throws {
        var order = order("12", minutesAgo: 30)
        try world.shops.put(order.body, in: .evershop)
        order.state = .cancelled
        order.changedAt = world.now
        #expect(try deliver(order) == .stored)
        #expect(try world.reconcile(.evershop).counts == .init(pages: 1, compared: 1))
        #expect(try world.value("select order_data ->> 'status' from orders") == "canceled")
    }

    /// A token of 15 minutes ends within the run.
    @Test func aTokenThatEndsIsReplaced() throws {
        for number in 0..<250 { try world.shops.put(order("\(2000 + number)").body, in: .evershop) }
        try world.shops.inject("expired", of: .evershop, skip: 1)
        let report = try world.reconcile(.evershop)
        #expect(report.end == .done && report.counts.absent == 250)
    }

    @Test(
        arguments: [
            (#"{"createdAt":{"value":"1700000000000"},"updatedAt":{"value":"1700000000000"}}"#, 1_700_000_000),
            (
                #"{"createdAt":{"value":1700000000000},"activities":[{"createdAt":{"value":"1700000300000"}}]}"#,
                1_700_000_300
            ),
            (#"{"createdAt":{"value":"2023-11-14T22:13:20.000Z"},"shipments":[{"shippedAt":null}]}"#, 1_700_000_000),
            (
                #"{"createdAt":{"value":"1700000000000"},"shipments":[{"deliveredAt":{"value":"1700000600000"}}]}"#,
                1_700_000_600
            ),
            (#"{"createdAt":{"value":"yesterday"}}"#, nil), (#"{}"#, nil),
        ] as [(String, Int64?)])
    func theTimeOfTheLastChange(text: String, seconds: Int64?) throws {
        let order = try JSONValue(parsing: Array(text.utf8))
        #expect(EverShopListedOrder.changedAt(order) == seconds.flatMap { Timestamp(seconds: $0) })
    }
}
