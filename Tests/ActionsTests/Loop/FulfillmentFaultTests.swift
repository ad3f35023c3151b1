import JSON
import JobsSupport
import LocalStack
import Patience
import Platform
import Postgres
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// Every fault of a shop that gets the report of a shipment, also that the batch processor is killed after the shop has
/// acted: it gets one report.
@Suite(.blocking) struct FulfillmentFaultTests {
    let loop: LoopFixture

    init() throws { loop = try LoopFixture() }

    private static let names: [ShopStandIns.Shop: String] = [
        .tiktok: "tiktok-1001", .shopify: "shopify-1001", .woocommerce: "woocommerce-shop.example-1001",
    ]

    /// An order that Printify has shipped, and of which the shop has no report.
    private func shipped(_ shop: ShopStandIns.Shop) throws {
        try loop.say(loop.order(shop, "1001"), serial: 1)
        try loop.run()
        let name = try #require(Self.names[shop])
        try loop.printify.setPrinted(
            name, status: "fulfilled", shipments: [["carrier": "usps", "number": "9400", "delivered_at": .null]])
        try loop.printifySays("order:shipment:created", of: name, number: "9400", id: "e1")
    }

    private func expectOnce(_ shop: ShopStandIns.Shop) throws {
        let told = try loop.shops.told()
        #expect(told.count == (shop == .woocommerce ? 2 : 1) && told.values.allSatisfy { $0 == 1 }, "\(told)")
        #expect(try loop.fixture.count("effects", "kind = 'fulfill_order' and state = 'done'") == 1)
        #expect(try loop.fixture.count("dead_letters") == 0)
    }

    @Test(arguments: LoopFixture.shops, ["busy", "error", "lost"])
    func oneReportInSpiteOf(shop: ShopStandIns.Shop, fault: String) throws {
        try shipped(shop)
        try loop.shops.injectChange(fault, of: shop, times: 2)
        try loop.run()
        try expectOnce(shop)
    }

    @Test(arguments: LoopFixture.shops) func oneReportOfWorkersThatAreKilled(shop: ShopStandIns.Shop) throws {
        try shipped(shop)
        try loop.shops.injectChange("hold", of: shop)
        let folder = try loop.folder()
        defer { try? Files.remove(folder) }
        var command = ChildCommand(
            [try Executable.folder() + "/hookledger-batch", "--config", folder + "/hookledger.yaml", "--for", "300s"],
            environment: LoopFixture.environment)
        command.errors = .null
        let victim = try ChildProcess.spawn(command)
        defer { victim.terminate(with: .kill) }
        #expect(try eventually { try !loop.shops.told().isEmpty })
        victim.terminate(with: .kill)
        #expect(try loop.shops.told().count == 1)
        #expect(try loop.fixture.count("effects", "kind = 'fulfill_order' and state = 'started'") == 1)
        // Nobody waits here until the lease of the dead is over.
        try loop.fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
        try loop.run()
        try expectOnce(shop)
    }

    @Test func anAttemptThatKnowsNothingOfTheOneBeforeFindsIt() throws {
        try shipped(.shopify)
        try loop.run()
        try loop.fixture.superuser.execute("delete from effects where kind = 'fulfill_order'")
        try loop.fixture.superuser.execute(
            """
            insert into jobs (action, kind, rule, event_id, event_received_at, order_row)
            select action, kind, rule, event_id, event_received_at, order_row from job_attempts
            where action like 'fulfil-%' and outcome = 'done'
            """)
        try loop.run()
        try expectOnce(.shopify)
        let answer = try loop.fixture.value("select answer from effects where kind = 'fulfill_order'")
        #expect(answer == "Shopify had it already")
    }
}
