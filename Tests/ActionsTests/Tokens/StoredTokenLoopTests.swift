import JSON
import JobsSupport
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import ShopSimulation
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// Shops of one app whose only tokens are stored ones: what asks their APIs - reconcile, the watch over webhooks,
/// `fetch_order`, `fulfill_order` - takes the token of the right shop, and waits while there is none. The real programs; the
/// stand-ins show an order only to the token, and the cipher, of its own shop.
@Suite(.blocking) struct StoredTokenLoopTests {
    let loop: LoopFixture
    let authorizer: Authorizer
    private let folder: String
    private let keys: String

    init() throws {
        keys = try Files.makeTemporaryFolder()
        _ = try KeyFile.create(keys + "/tokens.key")
        loop = try LoopFixture(tokens: keys)
        authorizer = try loop.shops.authorizer()
        folder = try loop.folder()
        for shop in LoopFixture.shops { try loop.shops.setSubscriptions([], of: shop) }
    }

    /// An order of a shop, and what belongs to it.
    struct Sale: Sendable {
        let shop: ShopStandIns.Shop
        let owner: String
        let id: String

        var printed: String { "\(shop.rawValue)-\(id)" }
        var told: String { "\(shop.rawValue) \(id) 7117858858072016686 9400" }
    }

    static let sales = [
        Sale(shop: .tiktok, owner: "7001", id: "1001"), Sale(shop: .tiktok, owner: "7002", id: "1002"),
        Sale(shop: .tiktok, owner: "7003", id: "1003"),
        Sale(shop: .shopify, owner: "one.myshopify.com", id: "1004"),
        Sale(shop: .shopify, owner: "two.myshopify.com", id: "1005"),
    ]

    private func authorize(_ shop: ShopStandIns.Shop, _ account: String, _ shops: [String] = []) throws {
        try ShopApps.authorize(
            shop, account: account, shops: shops, at: authorizer, folder: folder,
            environment: LoopFixture.environment)
    }

    /// Two sellers, one of them with two shops, and two shops of Shopify.
    private func authorizeAll() throws {
        try authorize(.tiktok, "seller-1", ["7001", "7002"])
        try authorize(.tiktok, "seller-2", ["7003"])
        for shop in ["one", "two"] { try authorize(.shopify, shop + ".myshopify.com") }
    }

    private func order(_ sale: Sale) -> ShopOrder {
        var order = loop.order(sale.shop, sale.id)
        order.owner = sale.owner
        return order
    }

    private func put(_ sale: Sale) throws { try loop.shops.put(order(sale).body, in: sale.shop, of: sale.owner) }

    /// The order is there, and its webhook comes.
    private func say(_ sale: Sale) throws {
        try put(sale)
        try loop.deliver(order(sale).webhook(serial: Int(sale.id) ?? 0, secret: secret(sale), now: SystemClock.now))
    }

    private func secret(_ sale: Sale) -> String { LoopFixture.secret(of: sale.shop.rawValue) }

    private func ship(_ sale: Sale) throws {
        try loop.printify.setPrinted(
            sale.printed, status: "fulfilled",
            shipments: [["carrier": "usps", "number": "9400", "delivered_at": .null]])
        try loop.printifySays("order:shipment:created", of: sale.printed, number: "9400", id: "e\(sale.id)")
    }

    private func withBatch(_ body: () throws -> Void) throws {
        var command = ChildCommand(
            [try Executable.folder() + "/hookledger-batch", "--config", folder + "/hookledger.yaml", "--for", "600s"],
            environment: LoopFixture.environment)
        command.errors = .file(folder + "/log")
        let process = try ChildProcess.spawn(command)
        defer { process.terminate(with: .terminate, grace: .seconds(30)) }
        try body()
    }

    private func wait(_ sql: String, for wanted: String, _ place: SourceLocation = #_sourceLocation) throws {
        var last: String?
        let isSo = try eventually {
            last = try loop.fixture.value(sql)
            return last == wanted
        }
        #expect(isSo, "\(last ?? "null") instead of \(wanted): \(sql)", sourceLocation: place)
    }

    private static let printed = "select count(*) from effects where kind = 'printify' and state = 'done'"
    private static let fulfilled = "select count(*) from effects where kind = 'fulfill_order' and state = 'done'"
    private static let held =
        "select coalesce(string_agg(action, ' ' order by action), '') from jobs where state = 3 and hold_reason = 'token'"

    /// Nothing failed, was lost or was done twice.
    private func expectDone(_ sales: [Sale]) throws {
        #expect(try loop.shops.told() == Dictionary(uniqueKeysWithValues: sales.map { ($0.told, 1) }))
        #expect(try loop.fixture.count("jobs", "state in (2, 3)") == 0)
        #expect(try loop.fixture.count("effects", "state <> 'done'") == 0)
    }

    private func remove() {
        for path in [folder, keys] { try? Files.remove(path) }
    }

    @Test func eachOrderIsFetchedAndFulfilledWithTheTokenOfItsShop() throws {
        defer { remove() }
        try authorizeAll()
        for sale in Self.sales { try say(sale) }
        try withBatch {
            try wait(Self.printed, for: "5")
            for sale in Self.sales { try ship(sale) }
            try wait(Self.fulfilled, for: "5")
        }
        try expectDone(Self.sales)
        #expect(
            try loop.fixture.value(
                "select string_agg(distinct shop_id, ' ') from events where provider = 'printify_shipment'")
                == "7001 7002 7003 one.myshopify.com two.myshopify.com")
    }

    /// A comparison that waits for the provider at each page does not delay a refresh that is due, over the same session.
    @Test func aTokenIsRefreshedDuringALongComparison() throws {
        defer { remove() }
        try authorize(.tiktok, "seller-1", ["7001"])
        for number in 0..<450 {
            let sale = Sale(shop: .tiktok, owner: "7001", id: "\(3000 + number)")
            try put(sale)
        }
        for page in 0..<5 { try loop.shops.inject("busy", of: .tiktok, times: 3, skip: page == 0 ? 0 : 1) }
        try withBatch {
            try wait("select count(*) from reconciliations where api like '%/7001' and pages > 0", for: "1")
            try loop.fixture.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
            try wait("select version from credentials where source = 'tiktok'", for: "2")
            #expect(
                try loop.fixture.value("select state from reconciliations where api like '%/7001'") == "running")
            #expect(
                try loop.fixture.value(
                    """
                    select count(*) from pg_stat_activity
                    where datname = current_database() and application_name = 'hookledger-side'
                    """) == "1")
            try wait("select state || ' ' || absent from reconciliations where api like '%/7001'", for: "done 450")
        }
    }

    /// No webhook ever comes; what reconcile finds is printed and fulfilled, and the webhooks are registered.
    @Test func whatEachShopHasIsFoundAndItsWebhooksAreRegistered() throws {
        defer { remove() }
        try authorizeAll()
        for sale in Self.sales { try put(sale) }
        try withBatch {
            try wait(Self.printed, for: "5")
            #expect(
                try loop.fixture.value("select string_agg(shop_id, ' ' order by order_id) from orders")
                    == Self.sales.map(\.owner).joined(separator: " "))
            for sale in Self.sales { try ship(sale) }
            try wait(Self.fulfilled, for: "5")
            // One list for all shops of a stand-in: the first shop registers.
            try wait(
                "select count(distinct api) || ' ' || count(*) from webhook_watch where source in ('tiktok', 'shopify')",
                for: "5 7")
        }
        try expectDone(Self.sales)
        #expect(
            try loop.fixture.value(
                "select string_agg(api, ' ' order by api) from reconcile_state where watermark is not null and source <> 'woocommerce'"
            )
                == "fetch-shopify/one.myshopify.com fetch-shopify/two.myshopify.com fetch-tiktok/7001 fetch-tiktok/7002 fetch-tiktok/7003"
        )
        #expect(try loop.shops.subscriptions(of: .tiktok).list.count == 1)
        #expect(try loop.shops.subscriptions(of: .shopify).list.count == 2)
    }

    /// The API refuses the token between two jobs of an order: the job waits for the refresh, which nobody asks for.
    @Test(arguments: [sales[1], sales[3]]) func aTokenThatIsRefusedInTheMiddle(sale: Sale) throws {
        defer { remove() }
        try authorizeAll()
        try say(sale)
        try withBatch {
            try wait(Self.printed, for: "1")
            try loop.fixture.superuser.execute("update credentials set refreshed_at = now() - interval '1 hour'")
            try authorizer.control("expire")
            try ship(sale)
            try wait(Self.fulfilled, for: "1")
        }
        try expectDone([sale])
        #expect(try loop.fixture.count("job_attempts", "kind = 'fulfill_order' and outcome in ('retry', 'dead')") == 0)
        #expect(try loop.fixture.count("credentials", "version = 2 and state = 'valid'") > 0)
    }

    /// The token expires while the authorization server is away: the job is held, the reconciliation waits, and both continue.
    @Test func aTokenThatExpiresInTheMiddle() throws {
        defer { remove() }
        let sale = Self.sales[4]
        try authorizeAll()
        try say(sale)
        try authorizer.control("fault", ["fault": "error"])
        try withBatch {
            try wait(Self.printed, for: "1")
            try loop.fixture.superuser.execute(
                """
                update credentials set expires_at = now() - interval '1 s', refresh_due_at = now()
                where account = 'two.myshopify.com'
                """)
            try ship(sale)
            try wait(Self.held, for: "fulfil-shopify")
            try wait("select state from credential_status where account = 'two.myshopify.com'", for: "expired")
            try put(Sale(shop: .shopify, owner: sale.owner, id: "1006"))
            try authorizer.control("fault", ["fault": "none"])
            try loop.fixture.superuser.execute(
                "update credentials set refresh_due_at = now() where account = 'two.myshopify.com'")
            try wait(Self.fulfilled, for: "1")
            // Nobody waits for a minute here.
            try loop.fixture.superuser.execute("update reconcile_marks set due_at = now() where due_at > now()")
            try wait(Self.printed, for: "2")
        }
        try expectDone([sale])
        #expect(
            try loop.fixture.value(
                "select string_agg(distinct reason, ' ') from missing_orders where order_id = '1006'")
                == "not_received", "the batch processor was not away")
    }

    /// A shop without a token, and a key that is missing: jobs and reconciliations wait, for every kind of work.
    @Test(arguments: ["token", "key"]) func nothingIsLostWhileThereIsNo(what: String) throws {
        defer { remove() }
        let sale = Self.sales[2]
        try authorizeAll()
        try say(sale)
        try withBatch {
            try wait(Self.printed, for: "1")
            let key = keys + "/tokens.key"
            if what == "key" {
                try Files.rename(key, to: key + ".away")
            } else {
                try loop.fixture.superuser.execute("delete from credentials where account = 'seller-2'")
            }
            try ship(sale)
            try say(Sale(shop: .tiktok, owner: sale.owner, id: "1007"))
            try wait(Self.held, for: "fetch-tiktok fulfil-tiktok")
            #expect(try loop.fixture.value("select sum(held_jobs) from credential_status") == "2")
            #expect(try loop.fixture.count("dead_letters") == 0)
            if what == "key" {
                try Files.rename(key + ".away", to: key)
            } else {
                try authorize(.tiktok, "seller-2", ["7003"])
            }
            try wait(Self.fulfilled, for: "1")
            try wait(Self.printed, for: "2")
        }
        try expectDone([sale])
        #expect(
            try loop.fixture.value("select max(attempt)::text from job_attempts where kind = 'fulfill_order'") == "1")
    }
}
