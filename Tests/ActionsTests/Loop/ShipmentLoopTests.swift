import JSON
import Jobs
import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// From the order in a shop to Printify, and from Printify's parcels back to the order, the customer and the shop.
@Suite(.blocking) struct ShipmentLoopTests {
    let loop: LoopFixture

    init() throws { loop = try LoopFixture() }

    private static let names: [ShopStandIns.Shop: String] = [
        .tiktok: "tiktok-1001", .shopify: "shopify-1001", .woocommerce: "woocommerce-shop.example-1001",
    ]

    private func name(_ shop: ShopStandIns.Shop) throws -> String { try #require(Self.names[shop]) }

    private func parcel(_ number: String, delivered: Bool = false) -> JSONValue {
        [
            "carrier": "usps", "number": .string(number), "url": .string("https://track.example/\(number)"),
            "delivered_at": delivered ? "2026-01-05 13:24:28+00:00" : .null,
        ]
    }

    private func printed(_ shop: ShopStandIns.Shop) throws {
        try loop.say(loop.order(shop, "1001"), serial: 1)
        try loop.run()
        #expect(try loop.printify.effects("printify")[name(shop)] == 1)
    }

    private func ship(_ shop: ShopStandIns.Shop, _ status: String, _ parcels: JSONValue) throws {
        try loop.printify.setPrinted(name(shop), status: status, shipments: parcels)
    }

    private func say(_ type: String, _ shop: ShopStandIns.Shop, _ number: String?, id: String, at: Int64 = 0) throws {
        try loop.printifySays(type, of: name(shop), number: number, id: id, at: at)
    }

    private static let told: [ShopStandIns.Shop: [String: Int]] = [
        .tiktok: ["tiktok 1001 7117858858072016686 9400": 1],
        .shopify: ["shopify 1001 7117858858072016686 9400": 1],
        .woocommerce: [
            "woocommerce 1001 Shipped with 7117858858072016686 9400 https://track.example/9400": 1,
            "woocommerce 1001 completed": 1,
        ],
    ]

    @Test(arguments: LoopFixture.shops)
    func aShippedOrderHasTrackingAMessageAndOneFulfilment(shop: ShopStandIns.Shop) throws {
        try printed(shop)
        try ship(shop, "fulfilled", [parcel("9400")])
        // Twice, the later one first, then again when all is over.
        try say("order:updated", shop, nil, id: "e2", at: 10)
        try say("order:shipment:created", shop, "9400", id: "e1")
        try loop.run()
        try say("order:shipment:created", shop, "9400", id: "e3")
        try loop.run()
        #expect(try loop.state(shop.rawValue) == #"shipped shipped ["9400"]"#)
        #expect(
            try loop.messages == [
                "Hi! Your order #1001 status has been updated to: shipped. Your order is on the way!"
            ] || shop == .tiktok && loop.messages.count == 1)
        #expect(try loop.shops.told() == Self.told[shop])
        #expect(try loop.fixture.count("events", "provider = 'printify_shipment'") == 1)
        #expect(try loop.fixture.count("dead_letters") == 0)
        #expect(try loop.fixture.count("effects", "kind = 'fulfill_order' and state = 'done'") == 1)

        try ship(shop, "fulfilled", [parcel("9400", delivered: true)])
        try say("order:shipment:delivered", shop, "9400", id: "e4", at: 20)
        try loop.run()
        #expect(try loop.state(shop.rawValue) == #"delivered delivered ["9400"]"#)
        #expect(try loop.messages.count == 2)
        #expect(try loop.shops.told() == Self.told[shop])
        // What the events say is what the row has.
        let report = try OrderRebuild(
            over: loop.fixture.connect(as: "hookledger_operator"), writes: false, shop: { _, key in key }
        ).run(found: { Issue.record("\($0)") })
        #expect(report.done == 1 && report.different == 0 && report.unreadable == 0)
    }

    @Test func ofTwoParcelsTheSecondCompletesTheOrder() throws {
        try printed(.shopify)
        try ship(.shopify, "partially-fulfilled", [parcel("9400")])
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        try loop.run()
        #expect(try loop.state("shopify") == #"to_ship partially_shipped ["9400"]"#)
        #expect(try loop.shops.told().isEmpty)
        try ship(.shopify, "fulfilled", [parcel("9400", delivered: true), parcel("9401")])
        // The webhooks come in another order than they were sent, and one twice.
        try say("order:shipment:delivered", .shopify, "9400", id: "e3", at: 20)
        try say("order:shipment:created", .shopify, "9401", id: "e2", at: 10)
        try say("order:shipment:created", .shopify, "9400", id: "e4")
        try loop.run()
        #expect(try loop.state("shopify") == #"shipped shipped ["9400", "9401"]"#)
        #expect(try loop.shops.told() == ["shopify 1001 7117858858072016686 9400 9401": 1])
        #expect(try loop.messages.count == 2)
        try ship(.shopify, "fulfilled", [parcel("9400", delivered: true), parcel("9401", delivered: true)])
        try say("order:shipment:delivered", .shopify, "9401", id: "e5", at: 30)
        try loop.run()
        #expect(try loop.state("shopify") == #"delivered delivered ["9400", "9401"]"#)
    }

    /// The API may be a moment behind the webhook.
    @Test func aParcelThatOnlyTheWebhookNamesCounts() throws {
        try printed(.shopify)
        try ship(.shopify, "fulfilled", [])
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        try loop.run()
        #expect(try loop.state("shopify") == #"shipped shipped ["9400"]"#)
        try say("order:shipment:delivered", .shopify, "9400", id: "e2", at: 20)
        try loop.run()
        #expect(try loop.state("shopify") == #"delivered delivered ["9400"]"#)
    }

    /// What the shop says later wins, and what it said before does not come back, whichever is recorded first.
    @Test(arguments: [false, true]) func aCancelledOrderStaysCancelled(shipmentIsRecordedFirst: Bool) throws {
        try printed(.shopify)
        try ship(.shopify, "fulfilled", [parcel("9400")])
        var order = loop.order(.shopify, "1001")
        order.state = .cancelled
        order.changedAt = Timestamp(seconds: order.placedAt.seconds + 60) ?? order.placedAt
        if !shipmentIsRecordedFirst { try loop.say(order, serial: 2) }
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        if shipmentIsRecordedFirst {
            try loop.run()
            #expect(try loop.state("shopify") == #"shipped shipped ["9400"]"#)
            try loop.say(order, serial: 2)
        }
        try loop.run()
        #expect(try loop.state("shopify")?.hasPrefix("cancelled") == true)
        #expect(try loop.fixture.value("select extra -> 'parcels' -> 0 ->> 'number' from orders") == "9400")
        // Too late for Printify: a dead letter. Shopify hears of no shipment after the cancellation.
        #expect(
            try loop.fixture.value("select last_error from dead_letters")
                == "too late to cancel it: at Printify the order \(loop.printedID("shopify-1001")) is fulfilled")
        #expect(try loop.shops.told().count == (shipmentIsRecordedFirst ? 1 : 0))
    }

    @Test func aFulfilmentWaitsForTheDecisionOfARequestToCancel() throws {
        try printed(.shopify)
        try loop.fixture.superuser.execute(
            "update orders set order_data = order_data || '{\"cancel_requested\": true}', extra = extra || '{}'")
        try ship(.shopify, "fulfilled", [parcel("9400")])
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        try loop.run()
        #expect(
            try loop.fixture.value("select action || ' ' || hold_reason from jobs")
                == "fulfil-shopify cancel_requested")
        #expect(try loop.shops.told().isEmpty)
    }

    @Test func anOrderThatIsCancelledAtTheShopOnlyIsNotFulfilled() throws {
        for shop in LoopFixture.shops {
            try printed(shop)
            try ship(shop, "fulfilled", [parcel("9400")])
            var order = loop.order(shop, "1001")
            order.state = .cancelled
            // Its webhook is still on the way.
            try loop.shops.put(order.body, in: shop)
            try say("order:shipment:created", shop, "9400", id: "e-\(shop)")
            try loop.run()
        }
        #expect(try loop.shops.told().isEmpty)
        #expect(
            try loop.fixture.count(
                "job_attempts",
                "action like 'fulfil-%' and outcome = 'skipped' and lower(reason) like 'the order is cancelled at%'")
                == 3)
    }

    @Test func aCancelledOrderIsCancelledAtPrintifyOnce() throws {
        try printed(.woocommerce)
        var order = loop.order(.woocommerce, "1001")
        order.state = .cancelled
        order.changedAt = Timestamp(seconds: order.placedAt.seconds + 60) ?? order.placedAt
        try loop.say(order, serial: 2)
        order.changedAt = Timestamp(seconds: order.placedAt.seconds + 90) ?? order.placedAt
        try loop.say(order, serial: 3)
        try loop.run()
        #expect(try loop.printify.effects("printify_cancelled") == ["woocommerce-shop.example-1001": 1])
        #expect(try loop.fixture.count("effects", "kind = 'cancel_print' and state = 'done'") == 1)
        #expect(try loop.fixture.count("dead_letters") == 0)
    }

    /// A rule may print whatever comes, and the job may wait longer than the order lives.
    @Test func whatIsCancelledBeforeIsNotPrinted() throws {
        try loop.say(loop.order(.woocommerce, "1001"), serial: 1)
        var order = loop.order(.woocommerce, "1001")
        order.state = .cancelled
        order.changedAt = Timestamp(seconds: order.placedAt.seconds + 60) ?? order.placedAt
        try loop.say(order, serial: 2)
        try loop.run()
        #expect(try loop.printify.effects("printify").isEmpty)
        #expect(
            try loop.fixture.value(
                "select reason from job_attempts where action = 'cancel-print' and outcome = 'skipped'")
                == "the order was not submitted to Printify")
    }

    @Test func theDryRunShowsWhatEachActionWouldSend() throws {
        try printed(.shopify)
        try ship(.shopify, "fulfilled", [parcel("9400")])
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        let folder = try loop.folder()
        defer { try? Files.remove(folder) }
        let requests = try loop.printify.effects("printify")
        func dryRun(_ condition: String) throws -> String {
            let event = try #require(try loop.fixture.value("select id from events where \(condition)"))
            var command = ChildCommand(
                [
                    try Executable.folder() + "/hookledger", "rules", "test", "--event", event, "--config",
                    folder + "/hookledger.yaml",
                ], environment: LoopFixture.environment.filter { $0.key.hasSuffix("SECRET") })
            command.errors = .null
            return try ChildProcess.run(command).text
        }
        let id = try loop.printedID("shopify-1001")
        #expect(
            try dryRun("provider = 'printify'").contains(
                "track would send: GET \(loop.printify.url)/printify/v1/shops/815256/orders/\(id).json, then an event"))
        try loop.run()
        #expect(
            try dryRun("provider = 'printify_shipment'").contains(
                "fulfil-shopify would send: tells shopify that the order 1001 is shipped: 7117858858072016686 9400"))
        #expect(try loop.shops.told().values.reduce(0, +) == 1 && loop.printify.effects("printify") == requests)
    }

    @Test func aParcelOfAnOrderThatNobodySubmittedIsLeftAlone() throws {
        try printed(.shopify)
        let id = try loop.printedID("shopify-1001")
        try loop.fixture.superuser.execute("update effects set effect_key = 'printify:other:x', external_id = null")
        try ship(.shopify, "fulfilled", [parcel("9400")])
        try loop.fixture.superuser.execute(
            "insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at, external_id) "
                + "values ('printify:815256:shopify-1001', 'x', 'x', 'done', 1, 1, now(), '\(id)')")
        try say("order:shipment:created", .shopify, "9400", id: "e1")
        _ = try loop.fixture.run(ActionTable.actions(loop.settings), conditions: RuleConditions(loop.settings))
        // It may be recorded as submitted in a moment.
        #expect(
            try loop.fixture.value("select last_error from jobs where state = 0")
                == "no order is known that was submitted as Printify's \(id)")
        try loop.fixture.superuser.execute(
            "update jobs set first_failed_at = now() - interval '20 minutes', run_at = now()")
        _ = try loop.fixture.run(ActionTable.actions(loop.settings), conditions: RuleConditions(loop.settings))
        #expect(
            try loop.fixture.value(
                "select reason from job_attempts where action = 'track' order by finished_at desc limit 1")
                == "no order of a shop was submitted as Printify's \(id)")
        #expect(try loop.fixture.count("events", "provider = 'printify_shipment'") == 0)
    }
}
