import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing

/// Customers, comments and products of one shop, when another shop of the source is redacted or told in its name.
@Suite(.blocking) struct OtherShopTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
        for (place, shop) in ["a", "b"].enumerated() {
            let id = "\(place + 1)"
            let sender = RecordSender()
            _ = try ledger.record(
                sender.recordable("customer", id, ["email": "ann@mail.example", "name": "Ann"], at: 1))
            _ = try ledger.record(sender.recordable("comment", id, ["text": "I am Ann", "username": "ann"], at: 1))
            _ = try ledger.record(sender.recordable("product", id, ["name": "Mug"], at: 1))
            try ledger.superuser.execute("update events set shop_id = '\(shop)' where shop_id is null")
        }
        // What was signed for shop a, again under the unsigned name of shop b.
        try ledger.superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, shop_id)
            select nextval('event_ids'), received_at, source, provider, provider_type, type, subject, disposition,
                verification, scheme, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row, 'b'
            from events where shop_id = 'a'
            """)
    }

    private static let tables = ["customers", "comments", "products"]

    /// Rows and first events of a shop, as they are stored.
    private func content(_ id: String) throws -> [String?] {
        try Self.tables.map { table in
            let name = table.dropLast()
            return try ledger.value(
                """
                select concat(t.\(name)_data, t.extra, t.clocks, (
                    select string_agg(concat(body_text(e.body), e.changes), ' ' order by e.id) from events as e
                    where e.record_kind = '\(name)' and e.record_row = t.id))
                from \(table) as t where \(name)_id = '\(id)'
                """)
        }
    }

    @Test func aShopsRedactionLeavesTheOtherShopAlone() throws {
        let before = (try content("1"), try content("2"))
        var person = Person(source: "shop")
        person.shop = "b"
        try Forgetting.forget(person, on: batch)
        #expect(try content("1") == before.0)
        let after = try content("2")
        #expect(after[0] != before.1[0] && after[1] != before.1[1])
        #expect(after.allSatisfy { !($0?.lowercased().contains("ann") ?? true) }, "\(after)")
    }

    /// A later event under another shop's unsigned name has overwritten the order's own field.
    @Test func anOrderStaysTheShopsThatFirstNamedIt() throws {
        _ = try ledger.record(RecordSender().recordable("order", "9", ["email": "ann@mail.example"], at: 1))
        try ledger.superuser.execute(
            """
            update events set shop_id = 'a' where subject = 'order:9';
            insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body, order_row, shop_id)
            select nextval('event_ids'), received_at, source, provider, provider_type, type, subject, disposition,
                verification, scheme, request_id, remote_addr, method, path, query, headers, body, order_row, 'b'
            from events where subject = 'order:9';
            update orders set order_data = order_data || '{"shop_id": "b"}' where order_id = '9'
            """)
        let email = "select email from orders where order_id = '9'"
        for (shop, left) in [("b", "ann@mail.example"), ("a", nil)] {
            var person = Person(source: "shop")
            person.shop = shop
            try Forgetting.forget(person, on: batch)
            #expect(try ledger.value(email) == left, "\(shop)")
        }
    }

    @Test func aPersonOfOneShopIsLeftAloneInTheOther() throws {
        let before = try content("1")
        var person = Person(source: "shop")
        (person.emails, person.customerIDs, person.askingShop) = (["ann@mail.example"], ["1", "2"], "B")
        let report = try Forgetting.forget(person, on: batch)
        #expect(report.otherShops > 0)
        #expect(try content("1") == before)
        #expect(try content("2")[0]?.contains("ann@") == false)
    }

    /// Where signed content names the shop, that counts, and no header.
    @Test func theSignedShopGoesFirst() throws {
        try ledger.superuser.execute(
            """
            update customers set shop_key = 'A' where customer_id = '2';
            update comments set shop_key = 'A' where comment_id = '2';
            update products set shop_key = 'A' where product_id = '2'
            """)
        for shop in ["b", "a"] {
            #expect(try content("2")[0]?.contains("ann@") == true)
            var person = Person(source: "shop")
            person.shop = shop
            try Forgetting.forget(person, on: batch)
        }
        #expect(try content("2").allSatisfy { !($0?.lowercased().contains("ann") ?? true) })
    }

    @Test func ordersOfTwoShopsWithOneIDAreTwo() throws {
        for shop in ["one.example", "two.example"] {
            _ = try ledger.record(
                Saying(id: "42", fields: ["email": "ann@mail.example"], at: 1, shop: shop).recordable(received: 1))
        }
        try ledger.superuser.execute(
            #"update orders set order_data = order_data || '{"shop_id": "one.example"}' where order_id = '42'"#)
        var person = Person(source: "shop")
        (person.emails, person.askingShop) = (["ann@mail.example"], "two.example")
        try Forgetting.forget(person, on: batch)
        #expect(
            try ledger.value("select string_agg(shop_key, ' ') from orders where order_id = '42' and email is not null")
                == "one.example")
    }
}
