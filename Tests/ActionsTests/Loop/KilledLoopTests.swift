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

/// The batch processor is killed while it records what Printify has shipped, or after Printify has cancelled an order: each
/// happens once. (`fulfill_order`: ``FulfillmentFaultTests``.)
@Suite(.blocking) struct KilledLoopTests {
    let loop: LoopFixture
    private let folder: String

    init() throws {
        loop = try LoopFixture()
        folder = try loop.folder()
        try loop.say(loop.order(.shopify, "1001"), serial: 1)
        try loop.run()
    }

    private static let name = "shopify-1001"

    private func batch() throws -> ChildProcess {
        var command = ChildCommand(
            [try Executable.folder() + "/hookledger-batch", "--config", folder + "/hookledger.yaml", "--for", "300s"],
            environment: LoopFixture.environment)
        command.errors = .null
        return try ChildProcess.spawn(command)
    }

    private func kill(_ victim: ChildProcess, once holds: () throws -> Bool) throws {
        defer { victim.terminate(with: .kill) }
        #expect(try eventually(holds), "it never was in the middle")
    }

    /// Nobody waits here until the lease of the dead is over.
    private func runAgain() throws {
        #expect(try loop.fixture.count("jobs", "state = 1") == 1, "its job is still the dead one's")
        try loop.fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
        try loop.run()
        #expect(try loop.fixture.count("dead_letters") == 0)
        #expect(try loop.fixture.count("jobs") == 0)
    }

    private func ship() throws {
        try loop.printify.setPrinted(
            Self.name, status: "fulfilled", shipments: [["carrier": "usps", "number": "9400", "delivered_at": .null]])
        try loop.printifySays("order:shipment:created", of: Self.name, number: "9400", id: "e1")
    }

    private func expectOneShipment() throws {
        #expect(try loop.fixture.count("events", "provider = 'printify_shipment'") == 1)
        #expect(try loop.state("shopify") == #"shipped shipped ["9400"]"#)
        #expect(try loop.messages.count == 1)
        #expect(try loop.shops.told() == ["shopify 1001 7117858858072016686 9400": 1])
    }

    @Test func whileItAsksPrintify() throws {
        defer { try? Files.remove(folder) }
        try ship()
        try loop.printify.inject("hold", at: "/printify/v1/shops/815256/orders/")
        let victim = try batch()
        // The stand-in answers nothing; the job is claimed and its request on the way.
        try kill(victim) {
            try loop.fixture.value("select count(*) from jobs where action = 'track' and state = 1") == "1"
                && loop.fixture.count("events", "provider = 'printify_shipment'") == 0
        }
        try runAgain()
        try expectOneShipment()
    }

    /// The transaction that records the shipment waits for the order's row, which another session has locked.
    @Test func whileItRecordsTheShipment() throws {
        defer { try? Files.remove(folder) }
        try ship()
        let other = try loop.fixture.connect(as: "postgres")
        try other.execute("begin; select from hookledger.orders for update")
        let victim = try batch()
        try kill(victim) {
            try loop.fixture.value(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%printed_order%' and datname = current_database()"
            ) == "1"
        }
        try loop.fixture.superuser.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like '%printed_order%' and wait_event_type = 'Lock' and datname = current_database()"
        )
        try other.execute("rollback")
        #expect(try loop.fixture.count("events", "provider = 'printify_shipment'") == 0)
        try runAgain()
        try expectOneShipment()
    }

    @Test(arguments: [false, true]) func whileItCancelsAtPrintify(isActedOn: Bool) throws {
        defer { try? Files.remove(folder) }
        let id = try loop.printedID(Self.name)
        var order = loop.order(.shopify, "1001")
        order.state = .cancelled
        order.changedAt = Timestamp(seconds: order.placedAt.seconds + 60) ?? order.placedAt
        try loop.say(order, serial: 2)
        // The question, or the request itself; "hold" answers nothing, and the request has been done.
        let path = "/printify/v1/shops/815256/orders/\(id)" + (isActedOn ? "/cancel.json" : ".json")
        try loop.printify.inject("hold", at: path)
        let victim = try batch()
        try kill(victim) {
            if isActedOn { return try !loop.printify.effects("printify_cancelled").isEmpty }
            return try loop.fixture.count("jobs", "action = 'cancel-print' and state = 1") == 1
        }
        #expect(try loop.fixture.count("effects", "kind = 'cancel_print' and state = 'done'") == 0)
        try runAgain()
        #expect(try loop.printify.effects("printify_cancelled") == [Self.name: 1])
        #expect(try loop.fixture.count("effects", "kind = 'cancel_print' and state = 'done'") == 1)
    }
}
