import JSON
import Ledger
import LedgerSupport
import Platform
import TestThreads
import Testing
import Webhooks

/// Products, customers and comments go through the same door as orders, by the same clocks.
@Suite(.blocking) struct RecordKindTests {
    let ledger: LedgerFixture
    let sender = RecordSender()

    init() throws { ledger = try LedgerFixture() }

    @Test func oneBatchHoldsRecordsOfEveryKind() throws {
        let batch = try [
            sender.recordable("comment", "c1", ["text": "Nice", "video_id": "v"], at: 10),
            sender.recordable("order", "1", ["status": "PAID", "total_amount": "5.00"], at: 10),
            sender.recordable(
                "customer", "1", ["first_name": "Ada", "last_name": "L.", "email": "a@b.example"], at: 10),
            sender.recordable("product", "1", ["name": "Mug", "price": "9.99", "quantity": 5], at: 10),
            sender.recordable("nothing", "1"),
        ]
        let receipts = try ledger.writer.record(batch).map { try $0.get() }
        #expect(receipts.map { $0.orderRow != nil } == [false, true, false, false, false])
        #expect(
            try ledger.value("select string_agg(disposition, ' ' order by id) from events")
                == "created created created created stored")
        #expect(
            try ledger.value("select string_agg(record_kind, ' ' order by record_kind) from events")
                == "comment customer product")
        #expect(try ledger.value("select name || ' ' || price from products") == "Mug 9.99")
        #expect(try ledger.value("select name from customers") == "Ada L.")
        #expect(try ledger.value("select text || ' ' || video_id from comments") == "Nice v")
        let again = try ledger.writer.record(batch).map { try $0.get() }
        #expect(again.map(\.isDuplicate) == [Bool](repeating: true, count: 5))
        #expect(again.map(\.eventID) == receipts.map(\.eventID))
    }

    @Test(arguments: ["product", "customer", "comment"]) func anUpdateKeepsWhatItDoesNotName(kind: String) throws {
        let field = ["product": "name", "customer": "email", "comment": "text"][kind] ?? ""
        _ = try ledger.record(
            sender.recordable(kind, "1", [field: "a", "status": "x"], extra: ["colour": "red"], at: 10))
        _ = try ledger.record(sender.recordable(kind, "1", ["status": "y"], extra: ["colour": "blue"], at: 20))
        _ = try ledger.record(sender.recordable(kind, "1", ["status": "late", "deleted": true], at: 15))
        _ = try ledger.record(sender.recordable(kind, "1", [field: "older"], at: 5))
        let row = "select \(kind)_data ->> '\(field)' || ' ' || status || ' ' || (extra ->> 'colour') from \(kind)s"
        #expect(try ledger.value(row) == "a y blue")
        #expect(try ledger.value("select deleted from \(kind)s") == "true")
        #expect(
            try ledger.value("select string_agg(disposition, ' ' order by id) from events")
                == "created applied applied stale")
        let first = ["extra.colour", field, "status"].sorted().joined(separator: " ")
        let history = "select string_agg(field, ' ' order by event_id, field collate \"C\") from record_events"
        #expect(try ledger.value(history + " where kind = '\(kind)'") == first + " extra.colour status deleted")
    }

    /// The reader sees that a customer changed, but not from what to what.
    @Test func theHistoryOfCustomersHoldsNoValues() throws {
        _ = try ledger.record(sender.recordable("customer", "1", ["email": "a@b.example"], at: 10))
        _ = try ledger.record(sender.recordable("product", "1", ["name": "Mug"], at: 10))
        #expect(try ledger.value("select count(*) from record_events where new is not null") == "1")
        #expect(try ledger.value("select count(*) from record_events") == "2")
        #expect(try ledger.value("select l::text like '%b.example%' from customer_list as l") == "false")
    }

    @Test func aBatchHoldsEachRowOnce() throws {
        let batch = try [
            sender.recordable("product", "1", ["name": "a"], at: 1),
            sender.recordable("product", "1", ["name": "b"], at: 2),
            sender.recordable("customer", "1", at: 1),
            sender.recordable("product", "1", ["name": "a"], source: "other"),
        ]
        #expect(BatchPlan.next(batch.map(\.conflictKeys), limit: 9) == [0, 2, 3])
    }

    @Test func concurrentBatchesOfRecordsLoseNothing() async throws {
        let (conninfo, sender) = (try LedgerFixture.ingestConninfo(ledger.database), sender)
        try await withThrowingTaskGroup { group in
            for worker in 0..<4 {
                group.addTask {
                    var random = SplitMix64(seed: UInt64(worker))
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(30))
                    for round in 0..<8 {
                        let at = Int64(round * 4 + worker)
                        let batch = try ["product", "customer", "comment"].flatMap { kind in
                            try (0..<6).map {
                                try sender.recordable(
                                    kind, "\($0)", ["status": .string("\(at)"), "quantity": 3], at: 1000 + at)
                            }
                        }.shuffled(using: &random)
                        for result in writer.record(batch) { _ = try result.get() }
                    }
                }
            }
            try await group.waitForAll()
        }
        for table in ["products", "customers", "comments"] {
            #expect(try ledger.value("select count(*) from \(table) where status = '31'") == "6")
        }
        #expect(try ledger.value("select count(*) from events") == "576")
        #expect(try ledger.value("select count(*) || ' ' || sum(quantity) from inventory") == "6 18")
    }

    /// The thirteen columns of the guide, by its names.
    @Test func anOrderHasTheColumnsOfTheOrderGuide() throws {
        _ = try ledger.record(
            sender.recordable(
                "order", "ORD-001",
                [
                    "product": "Nike Air Max", "price": "120.00", "total_amount": "240.00", "commission": "15.00",
                    "quantity": 2, "email": "customer@example.com", "customer_name": "John Doe", "profile": "Profile1",
                    "proxy_list": "Proxy1", "reference_number": "REF123", "status": "verified",
                    "tracking_number": "1Z999AA10123456784", "placed_at": "2024-10-27T10:30:00Z",
                ]))
        let columns =
            "product, price, total, commission, quantity, email, customer_name, profile, proxy_list, reference_number, status, tracking_number, order_date"
        #expect(
            try ledger.value("select concat_ws('|', \(columns)) from orders")
                == "Nike Air Max|120.00|240.00|15.00|2|customer@example.com|John Doe|Profile1|Proxy1|REF123|verified|1Z999AA10123456784|2024-10-27T10:30:00Z"
        )
    }
}
