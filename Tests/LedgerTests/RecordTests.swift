import JSON
import Ledger
import LedgerSupport
import Postgres
import Providers
import TestThreads
import Testing
import Webhooks

@Suite(.blocking) struct RecordTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    @Test func oneDeliveryIsReceiptEventOrderHistoryAndJob() throws {
        let body = Guide.body(
            "order_created", order: "987654321", status: "AWAITING_SHIPMENT", at: 1_735_380_000, total: "49.98")
        let receipt = try ledger.record(Guide.recordable(body))
        #expect(!receipt.isDuplicate)
        #expect(try ledger.value("select count(*) from receipts") == "1")
        #expect(
            try ledger.value("select convert_from(body, 'UTF8') from events where id = \(receipt.eventID)") == body.text
        )
        #expect(
            try ledger.value("select status || ' ' || total_amount from orders where order_id = '987654321'")
                == "AWAITING_SHIPMENT 49.98")
        #expect(try ledger.value("select pg_typeof(total_amount) from orders") == "numeric")
        #expect(try ledger.value("select new from order_events where field = 'status'") == #""AWAITING_SHIPMENT""#)
        #expect(try ledger.value("select order_row from jobs") == receipt.orderRow.map(String.init))
        #expect(try ledger.value("select key_id from events") == "TIKTOK_APP_SECRET")
        #expect(try ledger.value("select headers::text like '%c2VjcmV0%' from events") == "false")
    }

    @Test func aRepetitionGetsTheFirstOnesReceiptAndWritesNothing() throws {
        let delivery = try Guide.recordable(
            Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000))
        let first = try ledger.record(delivery)
        for _ in 0..<3 {
            let again = try ledger.record(delivery)
            #expect(again.isDuplicate)
            #expect(again.eventID == first.eventID)
            #expect(again.orderRow == first.orderRow)
        }
        #expect(try ledger.value("select count(*) from events") == "1")
        #expect(try ledger.value("select count(*) from jobs") == "1")
        #expect(try ledger.value("select count(*) from events where changes is not null") == "1")
    }

    @Test func concurrentRepetitionsMakeOneRow() async throws {
        let delivery = try Guide.recordable(
            Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000))
        let conninfo = try LedgerFixture.ingestConninfo(ledger.database)
        let receipts = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
                    return try #require(writer.record([delivery]).first).get()
                }
            }
            return try await group.reduce(into: [Receipt]()) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.eventID)).count == 1)
        #expect(receipts.count { !$0.isDuplicate } == 1)
        #expect(try ledger.value("select count(*) from events") == "1")
        #expect(try ledger.value("select count(*) from jobs") == "1")
    }

    @Test func partialUpdatesLeaveOtherFieldsAlone() throws {
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000, total: "10.50")))
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "1", status: "IN_TRANSIT", at: 1_735_380_100)))
        #expect(try ledger.value("select status || ' ' || total_amount from orders") == "IN_TRANSIT 10.50")
        #expect(
            try ledger.value(
                "select string_agg(coalesce(old ->> 0, '-') || '>' || (new ->> 0), ' ' order by event_id) from order_events where field = 'status'"
            )
                == "->UNPAID UNPAID>IN_TRANSIT")
        #expect(try ledger.value("select string_agg(disposition, ' ' order by id) from events") == "created applied")
    }

    @Test func aLateEventIsKeptAndChangesNothing() throws {
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_cancelled", order: "1", status: "CANCEL", at: 1_735_380_100)))
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "1", status: "UNPAID", at: 1_735_380_000)))
        #expect(try ledger.value("select status from orders") == "CANCELLED")
        #expect(try ledger.value("select count(*) from events where disposition = 'stale'") == "1")
    }

    @Test func aClockFromTheFutureFreezesNothing() throws {
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_created", order: "1", status: "UNPAID", at: 4_000_000_000)))
        let later = Guide.now.advanced(bySeconds: 3600)
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "1", status: "DELIVERED", at: later.seconds), at: later))
        #expect(try ledger.value("select status from orders") == "DELIVERED")
    }

    @Test func whatPostgresCannotHoldIsMetBefore() throws {
        let note = JSONObject(["buyer_email": "a\u{0}b", "x\u{0}": "\u{0}"])
        let body = Guide.body("order_created", order: "1", status: "UN\u{0}PAID", at: 1_735_380_000, more: note)
        let receipt = try ledger.record(Guide.recordable(body))
        #expect(receipt.orderRow != nil)
        #expect(try ledger.value("select email from orders") == "a\u{FFFD}b")
        // A word with control characters is no status.
        #expect(try ledger.value("select extra ->> 'order_status' from orders") == "UN\u{FFFD}PAID")
        #expect(try ledger.value("select convert_from(body, 'UTF8') = '\(body.text)' from events") == "true")
    }

    /// They would be one id here, or a line of their own in what prints it: kept as events, and no order of them.
    @Test(arguments: ["a\u{0}b", "a\u{FFFD}b", "1\r\n2"]) func whatIsNoIDMakesNoOrder(id: String) throws {
        let receipt = try ledger.record(
            Guide.recordable(Guide.body("order_created", order: id, status: "UNPAID", at: 1_735_380_000)))
        #expect(receipt.orderRow == nil)
        #expect(try ledger.value("select count(*) from orders") == "0")
        #expect(
            try ledger.value("select provider_type || ' ' || type || ' ' || coalesce(subject, '-') from events")
                == "order_created unrecognized -")
    }

    @Test func linesAreReplacedAsAWhole() throws {
        func items(_ quantities: [Int64]) -> JSONObject {
            var more = JSONObject()
            more["items"] = .array(
                quantities.enumerated().map { place, quantity in
                    [
                        "id": .string("item_\(place)"), "seller_sku": "TSHIRT-M",
                        "quantity": .number(JSONNumber(quantity)),
                        "sale_price": JSONNumber(literal: "24.99").map(JSONValue.number) ?? 0,
                    ]
                })
            return more
        }
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_created", order: "1", status: "UNPAID", at: 1_735_380_000, more: items([2, 1]))))
        #expect(
            try ledger.value(
                "select string_agg(line_id || quantity || ' ' || unit_price, ',' order by line_no) from order_items")
                == "item_02 24.99,item_11 24.99")
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "1", status: "UNPAID", at: 1_735_380_001, more: items([5]))))
        #expect(try ledger.value("select string_agg(line_id || quantity, ',') from order_items") == "item_05")
    }

    @Test func aBatchAnswersEachDeliveryInItsPlace() throws {
        let first = try Guide.recordable(Guide.body("order_created", order: "b", status: "UNPAID", at: 1_735_380_000))
        _ = try ledger.record(first)
        let batch = try [
            Guide.recordable(Guide.body("order_created", order: "c", status: "UNPAID", at: 1_735_380_000)), first,
            Guide.recordable("not an order"),
            Guide.recordable(Guide.body("order_created", order: "a", status: "UNPAID", at: 1_735_380_000)),
        ]
        let receipts = try ledger.writer.record(batch).map { try $0.get() }
        #expect(receipts.map(\.isDuplicate) == [false, true, false, false])
        #expect(receipts.map { $0.orderRow == nil } == [false, false, true, false])
        for (recordable, receipt) in zip(batch, receipts) {
            #expect(
                try ledger.value(
                    "select subject is not distinct from \(recordable.normalized.event.subject.map { "'\($0)'" } ?? "null") from events where id = \(receipt.eventID)"
                ) == "true")
        }
    }
}
