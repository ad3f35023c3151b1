import Crypto
import HTTPReceiver
import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import StandIns
import Testing
import Webhooks

/// A failover to a standby that was behind: what it did not have is lost by nature, and found at the shop.
@Suite(.place, .serialized) struct LostFailoverTests {
    private let shops: ShopStandIns
    /// Gets a request for each order, with an id that it takes once.
    private let erp: Receiver
    private let host: SpoolHost
    /// When the orders changed: long enough ago for a comparison.
    private let changedAt = Timestamp(microseconds: SystemClock.wallMicroseconds() - 600_000_000)

    init() throws {
        shops = try ShopStandIns()
        erp = try Receiver { _, _ in .answer(200) }
        host = try SpoolHost(
            withStandby: true, woo: ", reconcile: { through: fetch-woo }",
            more: """
                actions:
                  fetch-woo: { kind: fetch_order, provider: woocommerce, base_url: "\(shops.url)/woocommerce",
                    consumer_key: { env: WOO_KEY }, consumer_secret: { env: WOO_TOKEN } }
                  erp: { kind: http, url: "\(erp.url)" }
                rules: [ { name: ship, when: { source: woo, order.stage: to_ship }, do: erp } ]
                address_guard: { allow_private_hosts: [127.0.0.1] }
                """)
    }

    /// A new order at the shop, and its webhook.
    private func place(_ numbers: ClosedRange<Int64>) throws {
        let time = JSONValue.string(String(changedAt.rfc3339.prefix(19)))
        for number in numbers {
            let order: JSONValue = [
                "id": .number(JSONNumber(number)), "number": .string("\(number)"), "status": "processing",
                "currency": "EUR", "date_created_gmt": time, "date_modified_gmt": time, "total": "12.50",
                "line_items": [["id": 1, "name": "Mug", "product_id": 5, "quantity": 1, "price": "12.50"]],
                "_links": ["self": [["href": .string("https://shop.example/wp-json/wc/v3/orders/\(number)")]]],
            ]
            try shops.put(order, in: .woocommerce)
            let body = order.text
            let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: "test-secret"), Array(body.utf8))
            let answer = host.poster.post(
                "/webhook/woocommerce", body,
                [("x-wc-webhook-signature", Base64.encode(code)), ("x-wc-webhook-topic", "order.created")])
            try #require(answer.status == 200, "\(answer.body)")
        }
    }

    private func connect(_ server: PostgresCluster) throws -> Connection {
        try Connection(
            conninfo: server.conninfo(), applicationName: "hookledger-tests", settings: [("search_path", "hookledger")])
    }

    private func texts(_ sql: String, on server: PostgresCluster) throws -> Set<String> {
        Set(try connect(server).query(sql).map { try $0.text(0) })
    }

    private func runBatch() throws -> Platform.ExitStatus? { try host.startBatch().wait(timeout: .seconds(patience)) }

    @Test func whatIsLostIsFoundAtTheShopAndNothingHappensTwice() throws {
        defer { host.end() }
        let second = try #require(host.standby)
        try host.awaitStore()
        try place(1...3)
        #expect(try runBatch() == .exited(0) && erp.taken.count == 3)
        let orders = "select order_id from orders"
        #expect(try eventually { try texts(orders, on: second).count == 3 })
        let generation = "select generation::text from cluster_identity"
        #expect(try eventually { try texts(generation, on: second) == texts(generation, on: host.cluster) })

        // The standby falls behind, and the primary dies.
        try connect(second).execute("alter system set primary_conninfo = ''")
        try connect(second).execute("select pg_reload_conf()")
        #expect(try eventually { try texts("select 'x' from pg_stat_replication", on: host.cluster).isEmpty })
        try place(101...140)
        #expect(try runBatch() == .exited(0))
        let known = Set(erp.taken)
        #expect(known.count == 43)
        let ids = "select id::text from events"
        let lost = try texts(ids, on: host.cluster)
        host.cluster.crash()
        try connect(second).execute("select pg_promote()")
        #expect(
            try eventually {
                let page = try host.page("/ready").values
                return page["storing"] == true && page["database_host"]?.string == second.layout.sockets
            })
        #expect(try texts(orders, on: second) == ["1", "2", "3"])
        // New ones get ids that lost ones had.
        try place(201...240)
        #expect(try texts(ids, on: second).subtracting(["1", "2", "3"]).intersection(lost).count >= 5)

        // The loss is noticed, and a person releases the jobs: the new orders' requests are new to their destination.
        #expect(try runBatch() == .exited(75))
        #expect(try host.tool("restore", "--release").succeeded)
        #expect(try runBatch() == .exited(0))
        let after = erp.taken.dropFirst(43)
        #expect(after.count == 40 && Set(after).count == 40 && known.isDisjoint(with: after))

        // Exactly what is lost is found: by this comparison, or by the batch processor's own if its run took long enough.
        let found = try host.tool("reconcile", "woo", "--since", "1h", "--json")
        #expect(try JSONValue(parsing: Array(found.text.utf8))["state"] != nil, "\(found.errorText)")
        #expect(try texts("select order_id from missing_orders", on: second).count == 40)
        #expect(
            try texts(
                "select o.order_id from orders as o join events as e on e.order_row = o.id where e.origin = 'reconciled'",
                on: second) == Set((101...140).map { "\($0)" }))
        #expect(try texts("select order_id from orders", on: second).count == 83)
        let again = try host.tool("reconcile", "woo", "--since", "1h", "--dry-run")
        #expect(again.status == .exited(0), "\(again.text)")
        // What their first requests did is unknown here, and under new ids they would be others: a person decides.
        #expect(try runBatch() == .exited(0))
        #expect(erp.taken.count == 83)
        #expect(try texts("select event_id::text from uncertain_effects", on: second).count == 40)
    }
}
