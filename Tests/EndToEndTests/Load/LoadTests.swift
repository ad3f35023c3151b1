import HTTPReceiver
import LoadClient
import StackSuite
import Testing

/// Many clients at once, nothing broken: every 2xx is a row, every row has its job, and no log has anything to report.
@Suite(.place) struct LoadTests {
    @Test(arguments: [1, 4]) func everyAcceptedOrderIsStoredAndItsJobIsDone(committers: Int) async throws {
        let count = LoadStack.isFull ? 20_000 : 2_000
        try await LoadStack.run(committers: committers) { load in
            let now = Shop.now
            let deliveries = (0..<count).map {
                ShopDelivery.guide(
                    "load-\($0)", "AWAITING_SHIPMENT", at: now, amount: "\($0 % 900 + 1).\($0 % 90 + 10)")
            }
            let client = load.client
            let report = try await onThread { try client.send(deliveries) }
            #expect(report.statuses == [200: count])

            #expect(try load.books.count("select count(*) from receipts") == count)
            #expect(try load.storedBodies() == ([], count))
            let orders = "select count(*), count(distinct order_id), sum(total_amount) from orders"
            let cents = (0..<count).reduce(0) { $0 + ($1 % 900 + 1) * 100 + $1 % 90 + 10 }
            let hundredths = String(100 + cents % 100).dropFirst()
            #expect(try load.books.lines(orders) == ["\(count)|\(count)|\(cents / 100).\(hundredths)"])
            #expect(try load.eventsWithoutTheirJob(rule: "every-event") == [])

            try #require(try await load.waitForJobs())
            #expect(try load.jobsNotDoneOnce(rule: "every-event") == [])
            let taken = load.receiver.taken
            #expect(taken.count == count)
            #expect(Set(taken).count == count)
            let errors = try load.books.errorLines()
            #expect(errors == [])
            let sent = "\(count) orders by \(client.clients) clients over TLS"
            print("load: \(committers) committers, \(sent), \(report.rate) a second")
        }
    }
}
