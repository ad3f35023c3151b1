import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import Settings
import TestThreads
import Testing
import Webhooks

/// A row that another transaction holds delays only its own deliveries.
@Suite(.blocking) struct LockedRowTests {
    let ledger: LedgerFixture
    let other: Connection
    let sender = RecordSender()

    init() throws {
        ledger = try LedgerFixture()
        other = try ledger.connect(as: "postgres")
    }

    /// The outcomes in words.
    private func words(_ results: [Result<Receipt, RecordFailure>]) -> [String] {
        results.map { result in
            switch result {
            case .success(let receipt): receipt.isDuplicate ? "duplicate" : "stored"
            case .failure(.busy): "busy"
            case .failure(let failure): "\(failure)"
            }
        }
    }

    private func holding<T>(_ sql: String, _ body: () throws -> T) throws -> T {
        try other.execute("begin; set search_path = hookledger; " + sql)
        defer { try? other.execute("rollback") }
        return try body()
    }

    private func update(_ kind: String, _ id: String, at time: Int64, source: String = "shop") throws -> Recordable {
        let field = ["product": "name", "order": "note", "customer": "email", "comment": "text"][kind] ?? ""
        var fields = JSONObject([field: .string("\(time)")])
        if kind == "product" { fields["quantity"] = 3 }
        return try sender.recordable(kind, id, .object(fields), at: time, source: source)
    }

    @Test(arguments: [
        ("order", "select from orders where order_id = '1' for update"),
        ("order", "update orders set provider = 'p' where order_id = '1'"),
        ("product", "select from products where product_id = '1' for update"),
        ("product", "update inventory set sku = 's' where product_id = '1'"),
        ("customer", "select from customers where customer_id = '1' for update"),
        ("comment", "select from comments where comment_id = '1' for no key update"),
    ]) func aLockedRecordDelaysOnlyItsOwnDelivery(kind: String, lock: String) throws {
        let kinds = ["order", "product", "customer", "comment"]
        _ = ledger.writer.record(try kinds.flatMap { [try update($0, "1", at: 10), try update($0, "2", at: 10)] })
        // Newer ones, late ones, and ones of new records.
        let batch = try kinds.flatMap { kind in
            [try update(kind, "1", at: 20), try update(kind, "2", at: 5), try update(kind, "3", at: 20)]
        }
        let expected = kinds.flatMap { [$0 == kind ? "busy" : "stored", "stored", "stored"] }
        let before = try ledger.value("select count(*) from receipts")
        try holding(lock) {
            #expect(words(ledger.writer.recordOnce(batch)) == expected)
            let alone = try [update(kind, "1", at: 30)]
            #expect(words(ledger.writer.recordOnce(alone)) == ["busy"])
        }
        // A busy delivery has left nothing.
        #expect(try ledger.value("select count(*) - \(before ?? "0") from receipts") == "11")
        #expect(try ledger.value("select count(*) from events") == "19")
        #expect(
            words(ledger.writer.recordOnce(batch))
                == kinds.flatMap { [$0 == kind ? "stored" : "duplicate", "duplicate", "duplicate"] })
        #expect(
            try ledger.value(
                "select count(*) from receipts as r left join events as e on e.id = r.event_id where e.id is null")
                == "0")
    }

    /// The first to have the new row is not yet visible, or has it under the name of its shop.
    @Test func aRecordThatAnotherTransactionCreatesIsBusy() throws {
        let batch = try [update("order", "1", at: 10), update("order", "2", at: 10), update("order", "3", at: 10)]
        let row = """
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            values ('shop', '2', 'p', '{}', '{}', '{}', 0, now())
            """
        try holding(row) {
            #expect(words(ledger.writer.recordOnce(batch)) == ["stored", "busy", "stored"])
        }
        #expect(words(ledger.writer.recordOnce(batch)) == ["duplicate", "stored", "duplicate"])
    }

    @Test func aRowOfAShopIsNotMadeTwice() throws {
        let shop = "https://a.example"
        func delivery(_ status: String, shop: String, at: Int64) throws -> Recordable {
            try Saying(id: "1", status: status, at: at, shop: shop).recordable()
        }
        for (held, named) in [(shop, shop), (shop, ""), ("", shop)] {
            try ledger.superuser.execute("truncate orders, receipts, events cascade")
            _ = try ledger.record(delivery("a", shop: held, at: 1))
            let next = try delivery("b", shop: named, at: 2)
            try holding("select from orders for update") {
                #expect(words(ledger.writer.recordOnce([next])) == ["busy"])
            }
            #expect(try ledger.value("select count(*) from orders") == "1")
            #expect(words(ledger.writer.recordOnce([next])) == ["stored"])
            #expect(try ledger.value("select count(*) || min(status) from orders") == "1b")
        }
    }

    @Test func aReceiptThatAnotherTransactionHoldsIsBusy() throws {
        let plain = try (1...3).map { try update("order", "\($0)", at: 10) }
        let repeatable = try (1...3).map { try Saying.repeatable("s", id: "r\($0)").recordable() }
        _ = ledger.writer.record(plain + repeatable)
        // A duplicate without a window changes nothing, and waits for nobody.
        try holding("select from receipts for update") {
            #expect(
                words(ledger.writer.recordOnce(plain + repeatable))
                    == ["duplicate", "duplicate", "duplicate", "busy", "busy", "busy"])
        }
        let new = try (4...6).map { try update("order", "\($0)", at: 10) }
        let hex = new[1].normalized.event.dedupeKey.bytes
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        try holding("insert into receipts values ('shop', '\\x\(hex)', 0, now())") {
            #expect(words(ledger.writer.recordOnce(new)) == ["stored", "busy", "stored"])
        }
        #expect(
            words(ledger.writer.recordOnce(new + repeatable))
                == ["duplicate", "stored", "duplicate", "duplicate", "duplicate", "duplicate"])
    }

    /// All of its records or none.
    @Test func aDeliveryOfSeveralRecordsIsBusyAsAWhole() throws {
        _ = try ledger.record(Saying(id: "1", status: "a", at: 1).recordable())
        _ = try ledger.record(Saying(id: "2", status: "a", at: 1).recordable())
        let both = try Saying(id: "1", status: "b", at: 2, further: ["2", "3"]).recordable()
        try holding("select from orders where order_id = '2' for update") {
            #expect(words(ledger.writer.recordOnce([both])) == ["busy"])
        }
        #expect(try ledger.value("select string_agg(status, '') from orders") == "aa")
        #expect(words(ledger.writer.recordOnce([both])) == ["stored"])
        #expect(try ledger.value("select string_agg(status, '') from orders") == "bbb")
    }

    /// What cannot be probed is waited for briefly: here a shop that another transaction is about to list.
    @Test func aShopThatAnotherTransactionListsIsBusy() throws {
        var terms = Recordable.Terms()
        terms.shopRule = .one
        let batch = try [
            Saying(id: "1", status: "a", at: 1, shop: "a.example").recordable(terms: terms),
            Saying(id: "2", status: "a", at: 1).recordable(), Saying(id: "3", status: "a", at: 1).recordable(),
        ]
        let shop = """
            insert into source_shops (source, shop_key, state, changed_by)
            values ('shop', 'a.example', 'unlisted', 'door')
            """
        try holding(shop) { #expect(words(ledger.writer.recordOnce(batch)) == ["busy", "stored", "stored"]) }
        #expect(words(ledger.writer.recordOnce(batch)) == ["stored", "duplicate", "duplicate"])
    }

    /// A table cannot be gone round: it is waited for briefly, then all is busy.
    @Test func aLockedTableMakesAllBusyAndKeepsNobodyLong() throws {
        let batch = try (1...100).map { try update("order", "\($0)", at: 10) }
        let clock = ContinuousClock()
        let free = clock.measure { _ = ledger.writer.recordOnce(batch) }
        let more = try (101...200).map { try update("order", "\($0)", at: 10) }
        try holding("lock table orders in access exclusive mode") {
            let waited = clock.measure { #expect(Set(words(ledger.writer.recordOnce(more))) == ["busy"]) }
            // 100 deliveries, each with a lock_timeout of its own, would take 100 of them.
            let one = clock.measure { #expect(words(ledger.writer.recordOnce([more[0]])) == ["busy"]) }
            #expect(waited < free * 3 + one * 10)
        }
        #expect(Set(words(ledger.writer.recordOnce(more))) == ["stored"])
    }
}
