import JobsSupport
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// `migrate` keeps all that the version before has stored, and makes nothing of it twice.
@Suite(.blocking) struct UpgradeTests {
    /// How many rows each table has that both versions know, and what its jobs and effects are.
    private func holdings(_ fixture: JobsFixture) throws -> [String: String] {
        var holdings: [String: String] = [:]
        for row in try fixture.superuser.query(
            """
            select relname as name from pg_class
            where relnamespace = 'hookledger'::regnamespace and relname <> 'schema_migrations'
                -- What was a table and is a view of other rows has the rows that it had.
                and (relkind in ('r', 'p') and not relispartition or relname = 'order_items')
            """)
        {
            let table = try row.text("name")
            holdings[table] = try fixture.value("select count(*) from \(table)")
        }
        for (table, columns) in [
            ("jobs", "job_id, action, kind, rule, state, attempt, order_row, event_id"),
            ("effects", "effect_key, state, event_id, order_row, external_id"),
            ("orders", "id, source, order_id, order_data, extra"),
            (
                "order_items",
                "order_row, line_no, line_id, product_id, sku, quantity::text, unit_price::text, image_url"
            ),
            ("receipts", "source, dedupe_key, event_id"),
        ] {
            holdings["content of " + table] = try fixture.value(
                "select md5(string_agg(t::text, '|' order by t::text)) from (select \(columns) from \(table)) as t")
        }
        return holdings
    }

    @Test func noRowIsLostAndNoJobMade() throws {
        let fixture = try LedgerOfBefore.fixture()
        let before = try holdings(fixture)
        try LedgerOfBefore.migrate(fixture)
        let after = try holdings(fixture)
        for (name, count) in before { #expect(after[name] == count, "\(name)") }
        #expect(before["events"] == "135" && before["orders"] == "75")
        // A second run finds nothing to do.
        try LedgerOfBefore.migrate(fixture)
        #expect(try holdings(fixture) == after)
    }

    @Test func everyClockHasFiveElements() throws {
        let fixture = try LedgerOfBefore.migrated()
        for table in ["orders", "products", "customers", "comments"] {
            let clocks = "\(table) as t, jsonb_each(t.clocks) as c"
            #expect(try fixture.count(clocks, "jsonb_array_length(c.value) <> 5") == 0, "\(table)")
            #expect(try fixture.count(clocks) > 0, "\(table)")
            // All of a source without unsigned events is verified.
            #expect(try fixture.count(clocks, "t.source <> 'roms' and c.value -> 0 <> '1'") == 0, "\(table)")
        }
    }

    /// What a stranger wrote is marked, and a rebuild takes it back where a signature said otherwise.
    @Test func unsignedOrdersAreUnverified() throws {
        let fixture = try LedgerOfBefore.migrated()
        let unverified = "select array_to_string(unverified_fields, ' ') from order_states where order_id = "
        #expect(
            try fixture.value(unverified + "'R-U1'") == "email order_number status total_amount")
        #expect(try fixture.value(unverified + "'1000005796892661'") == "email order_number status")
        try rebuild(fixture)
        #expect(
            try fixture.value(
                "select concat_ws(' ', status, email) from orders where order_id = '1000005796892661'")
                == "processing stranger@mail.example")
        #expect(try fixture.value(unverified + "'1000005796892661'") == "email")
        #expect(try fixture.value("select status from orders where order_id = 'R-U1'") == "pending")
    }

    @discardableResult
    private func rebuild(_ fixture: JobsFixture, writes: Bool = true) throws -> OrderRebuild.Report {
        try OrderRebuild(over: fixture.connect(as: "hookledger_operator"), writes: writes).run()
    }

    /// The shop of an order is in what was signed; an order that two have sent is that of the first.
    @Test func aRebuildReadsTheShopOfEachOrder() throws {
        let fixture = try LedgerOfBefore.migrated()
        let before = try holdings(fixture)
        try rebuild(fixture)
        #expect(
            try fixture.value(
                "select string_agg(order_id || '=' || shop_key, ' ' order by order_id) from orders where order_id like '80_'"
            )
                == "801=shop-a.example 802=shop-a.example 803=shop-a.example 804=shop-b.example/store 805=shop-b.example/store"
        )
        #expect(try fixture.value("select shop_key from orders where order_id = '500'") == "abcde")
        // The other shop's money is no part of it.
        #expect(try fixture.value("select total_amount from orders where order_id = '803'") == "40.00")
        #expect(try fixture.value("select status from orders where order_id = '805'") == "trash")
        let after = try holdings(fixture)
        for table in ["orders", "events", "jobs", "effects", "job_attempts", "content of jobs", "content of effects"] {
            #expect(after[table] == before[table], "\(table)")
        }
    }

    @Test func afterARebuildNothingDiffersAndTheHistorySaysSo() throws {
        let fixture = try LedgerOfBefore.migrated()
        // One whose events are gone keeps its values.
        try fixture.superuser.execute(
            """
            insert into upkeep (task, begun_at, dropped_before) values ('retention', now(), now() - interval '60 days')
            on conflict (task) do update set dropped_before = excluded.dropped_before;
            update orders set created_at = now() - interval '90 days', order_data = order_data || '{"status": "KEPT"}'
            where order_id = '702'
            """)
        let check = try rebuild(fixture, writes: false)
        let first = try rebuild(fixture)
        #expect(first.different == check.different && first.different > 0)
        #expect(first.incomplete == 1 && first.unreadable == 0)
        let again = try rebuild(fixture, writes: false)
        #expect(again.different == 0 && again.done == 75 && again.incomplete == 1)
        #expect(try fixture.value("select status from orders where order_id = '702'") == "KEPT")
        let rebuilt = try fixture.count("order_events", "field = 'read anew'")
        #expect(rebuilt > 0 && rebuilt <= first.different)
        #expect(
            try fixture.count(
                "(select order_row from order_events where field = 'read anew' group by 1 having count(*) > 1) as t")
                == 0)
        #expect(try fixture.count("order_timeline", "what = 'read anew' and description like 'changed %'") == rebuilt)
        try rebuild(fixture)
        #expect(try fixture.count("order_events", "field = 'read anew'") == rebuilt)
    }

    /// No source that served two shops stops: both count as listed.
    @Test func earlierShopsAreListed() throws {
        let fixture = try LedgerOfBefore.migrated()
        #expect(
            try fixture.value(
                """
                select string_agg(shop_key || ' ' || state, ', ' order by shop_key) from shop_list
                where source in ('woocommerce', 'bigcommerce') and changed_by = 'upgrade'
                """) == "abcde listed, fghij listed, shop-a.example listed, shop-b.example/store listed")
        let held = "unlisted_shops(array['woocommerce'], array['\\1'], array[1], array['order'], array[true], array[1])"
        for (shop, state) in [
            ("shop-a.example", nil), ("shop-b.example/store", nil), ("shop-c.example", "unlisted"),
        ] {
            let sql = held.replacing("\\1", with: shop)
            #expect(try fixture.value("select (\(sql))[1]") == state, "\(shop)")
        }
    }

    /// A name that was not signed makes no shop the second one of its source.
    @Test func aNameOfAHeaderIsNotTheSourcesShop() throws {
        let fixture = try LedgerOfBefore.fixture()
        // Only bodies without links, as deletions are.
        try fixture.superuser.execute(
            "update events set body = convert_to('{\"id\": 1}', 'UTF8') where source = 'woocommerce'")
        try LedgerOfBefore.migrate(fixture)
        let state = """
            select (unlisted_shops(array['woocommerce'], array['shop-a.example'], array[1], array['order'], array[true],
                array[1]))[1]
            """
        #expect(try fixture.value(state) == nil)
        #expect(
            try fixture.value(
                "select string_agg(shop_key || ' ' || changed_by, ', ' order by shop_key) from shop_list where source = 'woocommerce'"
            )
                == "shop-a.example first, shop.example header")
    }

    /// The earlier responder stores while its host is upgraded, in the same rows as the new one.
    @Test func theOldDoorFindsTheOlderRows() throws {
        let fixture = try LedgerOfBefore.migrated()
        let ingest = try fixture.connect(as: "hookledger_ingest")
        func record(_ key: String, _ status: String) throws -> String? {
            try ingest.query(
                """
                select concat_ws(' ', order_row, is_duplicate) from hookledger.record(
                    array['woocommerce'], array[sha256('\(key)')], array[null::bigint], array['delivery'],
                    array['woocommerce'], array['order.updated'], array['order.updated'], array['order:801'],
                    array['https://shop.example/'], array[now()], array[0::bigint], array[now()], array['signature'],
                    array['s'], array['k'], array['r'], array['127.0.0.1'], array['POST'], array['/'], array[''],
                    array['[]'::jsonb], array['{}'::bytea], array['801'], array['{"status": "\(status)"}'::jsonb],
                    array[null::jsonb], array[0], array['[]'::jsonb])
                """, []
            ).only().optionalText(0)
        }
        #expect(try record("one", "on-hold") == "69 f")
        try rebuildKeeping(fixture)
        #expect(try record("one", "on-hold") == "69 t")
        #expect(try record("two", "completed") == "69 f")
        #expect(
            try fixture.value("select string_agg(status || shop_key, ' ') from orders where order_id = '801'")
                == "completedshop-a.example")
    }

    /// Gives the orders their shops, as a rebuild does.
    private func rebuildKeeping(_ fixture: JobsFixture) throws {
        try fixture.superuser.execute("update orders set shop_key = 'shop-a.example' where order_id = '801'")
    }
}
