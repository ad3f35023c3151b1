import JSON
import Ledger
import LedgerSupport
import TestThreads
import Testing
import Webhooks

/// Refunds that a sender tells one by one: their sum is the same in every order of arrival.
@Suite(.blocking) struct SingleRefundTests {
    private let sender = RecordSender()

    private func refund(_ id: String, _ amount: JSONValue, at seconds: Int64) throws -> Recordable {
        var extra = JSONObject()
        extra["refunds/" + id] = amount
        return try sender.recordable(
            "order", "1", ["refunded_amount": amount, "status": "PAID"],
            extra: .object(extra), at: seconds)
    }

    private func sums(_ events: [Recordable]) throws -> [String?] {
        let ledger = try LedgerFixture()
        return try events.map { event in
            _ = try ledger.record(event)
            return try ledger.value("select refunded_amount from order_states")
        }
    }

    @Test func theSumIsThatOfTheDistinctRefunds() throws {
        let (a, b, c) = (
            try refund("a", "5.00", at: 1_735_380_010), try refund("b", "5.00", at: 1_735_380_020),
            try refund("c", "0.05", at: 1_735_380_030)
        )
        for events in [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
            #expect(try sums(events + [a, c, b]).dropFirst(2).allSatisfy { $0 == "10.05" })
        }
        // One that another event repeats: once.
        let again = try refund("a", "5.00", at: 1_735_380_040)
        #expect(try sums([a, b, again]) == ["5.00", "10.00", "10.00"])
    }

    @Test func aSumThatTheSenderTellsCounts() throws {
        let total = try sender.recordable("order", "1", ["refunded_amount": "12.00"], at: 1_735_380_050)
        let single = try refund("a", "5.00", at: 1_735_380_010)
        #expect(try sums([single, total]) == ["5.00", "12.00"])
        #expect(try sums([total, single]) == ["12.00", "12.00"])
        // What is no number is no refund, and breaks no view.
        let odd = try sender.recordable(
            "order", "1", ["status": "PAID"], extra: ["refunds/x": "a lot", "refunds/y": ["z": 1]], at: 1_735_380_060)
        #expect(try sums([single, odd]) == ["5.00", "5.00"])
        #expect(try sums([odd]) == [nil])
    }
}
