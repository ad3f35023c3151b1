import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import Providers
import TestThreads
import Testing
import Verification
import Webhooks

/// Rebuilding gives older rows their shops, continues where it was interrupted, and leaves one entry in the history.
@Suite(.blocking) struct ShopRebuildTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func order(_ id: Int64, of host: String?, total: String, day: Int, at second: Int64) throws -> Recordable {
        let provider = try #require(ProviderRegistry.named("woocommerce"))
        var body = JSONObject([
            "id": .number(JSONNumber(id)), "status": "processing", "total": .string(total), "currency": "EUR",
            "date_modified_gmt": .string("2025-10-0\(day)T12:00:00"), "line_items": [],
        ])
        if let host {
            body["_links"] = ["self": [["href": .string("https://\(host)/wp-json/wc/v3/orders/\(id)")]]]
        }
        let verified = try Guide.verified(
            .object(body), headers: [("x-wc-webhook-topic", "order.updated")], by: provider,
            at: Guide.now.advanced(bySeconds: second))
        return Recordable(source: "woo", normalized: try normalize(verified, by: provider), jobs: [])
    }

    /// As the version before has stored it: rows and events without a shop.
    private func forgetShops() throws {
        try ledger.superuser.execute("update events set shop_key = null")
        try ledger.superuser.execute("update orders set shop_key = ''")
    }

    private func rebuild(
        writes: Bool = true, fromStart: Bool = false, until shouldStop: () -> Bool = { false },
        shop: @escaping (String, String) -> String = { $1 }
    ) throws -> OrderRebuild.Report {
        try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: writes, shop: shop)
            .run(fromStart: fromStart, until: shouldStop)
    }

    @Test func anOlderRowIsAdopted() throws {
        _ = try ledger.record(order(1, of: "www.a.example", total: "5", day: 1, at: 0))
        _ = try ledger.record(order(2, of: nil, total: "5", day: 1, at: 0))
        try forgetShops()
        let before = try ledger.value("select order_data::text || extra::text from orders where order_id = '1'")
        #expect(try rebuild().done == 2)
        #expect(try ledger.value("select string_agg(shop_key, ',' order by order_id) from orders") == "a.example,")
        #expect(try ledger.value("select state || changed_by from source_shops") == "listedrebuild")
        #expect(try ledger.value("select order_data::text || extra::text from orders where order_id = '1'") == before)
        #expect(try rebuild(writes: false).different == 0)
        // The next delivery of that shop finds it, and its event says whose it was.
        _ = try ledger.record(order(1, of: "a.example", total: "6", day: 2, at: 10))
        #expect(try ledger.value("select count(*) from orders") == "2")
        #expect(try ledger.value("select count(*) from events where shop_key = 'a.example'") == "2")
    }

    /// The name that a moved shop had is the one that it has now.
    @Test func aliasesAreTaken() throws {
        _ = try ledger.record(order(1, of: "old.example", total: "5", day: 1, at: 0))
        try forgetShops()
        _ = try rebuild(shop: { source, key in source == "woo" && key == "old.example" ? "new.example" : key })
        #expect(try ledger.value("select shop_key from orders") == "new.example")
        _ = try ledger.record(order(1, of: "new.example", total: "6", day: 2, at: 10))
        #expect(try ledger.value("select string_agg(total_amount::text, ' ') from orders") == "6")
    }

    /// What another shop has told of the same id is no part of the order, and its next delivery has a row of its own.
    @Test func whatAnotherShopSaidIsTakenOut() throws {
        _ = try ledger.record(order(1, of: "a.example", total: "5", day: 1, at: 0))
        try forgetShops()
        _ = try ledger.record(order(1, of: nil, total: "7", day: 3, at: 5))
        let other = try ledger.record(order(1, of: nil, total: "9", day: 2, at: 6))
        // The version before knew no shops: the second shop's order went into the first's row.
        _ = try ledger.superuser.query(
            "update events set body = $1, shop_key = null where id = $2::bigint",
            [
                .bytes(order(1, of: "b.example", total: "900", day: 4, at: 6).normalized.verified.delivery.body),
                .bigint(other.eventID),
            ])
        let check = try rebuild(writes: false)
        #expect(check.different == 0)
        _ = try rebuild()
        #expect(try ledger.value("select string_agg(shop_key || total_amount, ' ') from orders") == "a.example7")
        _ = try ledger.record(order(1, of: "b.example", total: "900", day: 5, at: 20))
        #expect(
            try ledger.value("select string_agg(shop_key || total_amount, ' ' order by id) from orders")
                == "a.example7 b.example900")
        #expect(try rebuild(writes: false).different == 0)
    }

    @Test func anInterruptedRebuildContinues() throws {
        let batch = try (1...250).map { try order(Int64($0), of: nil, total: "5", day: 1, at: 0) }
        for result in ledger.writer.record(batch) { _ = try result.get() }
        try ledger.superuser.execute("update orders set order_data = order_data || '{\"status\": \"LOST\"}'")
        var pages = 0
        let first = try rebuild(until: {
            pages += 1
            return pages > 1
        })
        #expect(first.done == 100 && first.different == 100 && first.total == 250)
        // A worker that is killed in the middle of a page leaves what was before it.
        let killed = try ledger.connect(as: "hookledger_operator")
        try killed.execute("begin")
        _ = try killed.query("select rebuild_position(null, 200, 200)")
        killed.close()
        let second = try rebuild()
        #expect(second.before == 100 && second.done == 250 && second.different == 150)
        #expect(try ledger.value("select count(*) from orders where status = 'LOST'") == "0")
        let entries = """
            select count(*) || ' ' || count(distinct order_row) || ' ' || min(new::text) from order_events
            where field = 'read anew'
            """
        #expect(try ledger.value(entries) == #"250 250 ["status"]"#)
        // A run that has ended begins at the first, and so does one that is to.
        #expect(try rebuild().before == 0)
        _ = try rebuild(until: { true })
        #expect(try rebuild(fromStart: true).before == 0)
        #expect(try ledger.value(entries) == #"250 250 ["status"]"#)
        #expect(try ledger.value("select count(*) from order_rebuilds") == "0")
        #expect(try ledger.value("select count(*) from jobs") == "0")
    }
}
