import History
import JobsSupport
import Postgres
import TestThreads
import Testing

/// The books are read from a real database; what is planted there is found.
@Suite(.blocking) struct StoredTests {
    private let fixture: JobsFixture
    private let sent: Sent

    init() throws {
        fixture = try JobsFixture()
        try fixture.enqueue(1, orders: 1)
        let body = try fixture.superuser.query("select body from events").only().bytes(0)
        var sent = Sent(body: body, order: "1", status: "PAID", rank: 1)
        sent.answers = [.init(status: 200, sentAt: 1, endedAt: 2)]
        self.sent = sent
    }

    private func judged() throws -> HistoryReport {
        var plan = History.Plan()
        plan.everyEvent = ["rule-1"]
        return History([sent], try Stored(from: fixture.superuser), plan: plan).judged()
    }

    @Test func aWholeDeliveryIsAcknowledgedAndItsJobUnfinished() throws {
        let report = try judged()
        #expect(report.count(.acknowledged) == 1 && report.unfinishedJobs.count == 1)
        #expect(report.wrongOrders == [] && report.orphanReceipts == 0 && report.foreign == 0)
    }

    @Test(arguments: [
        ("delete from events", Verdict.lost), ("delete from receipts", .halfStored),
        ("delete from jobs", .halfStored), ("update events set order_row = null", .halfStored),
        (
            """
            insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body)
            select 4711, received_at, source, provider, provider_type, type, disposition, verification, scheme,
                request_id, remote_addr, method, path, query, headers, body from events
            """, .doubled
        ),
    ])
    func aPlantedFaultIsFound(sql: String, verdict: Verdict) throws {
        try fixture.superuser.execute(sql)
        let report = try judged()
        #expect(report.count(verdict) == 1 && report.count(.acknowledged) == 0)
        #expect(!report.complaints.isEmpty)
    }
}
