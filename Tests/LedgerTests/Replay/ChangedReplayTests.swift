import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Verification
import Webhooks

/// A replay with changes is an event of its own, through the door of all deliveries, and says what it is.
@Suite(.blocking) struct ChangedReplayTests {
    let fixture: ReplayFixture
    private var ledger: LedgerFixture { fixture.ledger }

    init() throws { fixture = try ReplayFixture(rules: "[ { name: gone, when: { order.status: CANCEL }, do: ops } ]") }

    private func changing(_ changes: String..., run: String = "r1") -> ReplayRequest {
        fixture.request(run) { $0.changes = changes.compactMap { FieldChange($0) } }
    }

    @Test func itIsANewMarkedEventThatNamesItsOriginal() throws {
        let ids = try fixture.store(1)
        let (report, events) = try fixture.replay(changing("data.order_status=CANCEL"))
        #expect(report.replayed == 1 && report.jobs == ["ops": [.new: 1]])
        guard case .changed(let new) = events[0].outcome, let new else {
            Issue.record("no new event: \(events)")
            return
        }
        #expect(
            try ledger.value(
                """
                select concat_ws(' ', origin, verification, scheme, key_id, request_id, disposition, remote_addr = '')
                from events where id = \(new)
                """) == "replay unverified replay cli:test replay:r1:\(ids[0]) applied t")
        #expect(try ledger.value("select new_event_id from replays where event_id = \(ids[0])") == "\(new)")
        #expect(try ledger.value("select status from orders") == "CANCELLED")
        #expect(try ledger.value("select string_agg(event_id::text, ' ') from jobs") == "\(new)")
        #expect(try ledger.value("select details -> 'set' from operator_log") == #"{"data.order_status": "CANCEL"}"#)
        #expect(try ledger.value("select count(*) from events where origin = 'delivery'") == "1")
    }

    @Test func theSameRunMakesItOnceAndAnotherRunAnother() throws {
        _ = try fixture.store(1)
        let original = fixture.filter { $0.until = Guide.now.advanced(bySeconds: 1) }
        _ = try fixture.replay(changing("data.order_status=CANCEL"), original)
        let second = try fixture.replay(changing("data.order_status=CANCEL"), original)
        #expect(second.report.alreadyDone == 1 && second.report.replayed == 0)
        #expect(try ledger.value("select count(*) from events") == "2")
        #expect(try fixture.replay(changing("data.order_status=CANCEL", run: "r2"), original).report.replayed == 1)
        #expect(try ledger.value("select count(*) from events") == "3")
        #expect(try ledger.value("select count(*) from operator_log") == "2")
    }

    /// An old event that is changed happens now: it wins over what the order has learned since.
    @Test func itCountsAsIfItWereSaidNow() throws {
        let ids = try fixture.store(1)
        _ = try ledger.record(
            Guide.recordable(Guide.body("order_status_change", order: "O0", status: "COMPLETED", at: 1_735_999_999)))
        _ = try fixture.replay(changing("data.order_status=CANCEL"), fixture.filter { $0.ids = ids })
        #expect(try ledger.value("select status from orders") == "CANCELLED")
        let check = try OrderRebuild(over: ledger.connect(as: "hookledger_operator"), writes: false).run()
        #expect(check.done == 1 && check.different == 0 && check.unreadable == 0)
    }

    @Test func aDryRunMakesNoEvent() throws {
        _ = try fixture.store(2)
        var request = changing("data.order_status=CANCEL")
        request.isDryRun = true
        let (report, events) = try fixture.replay(request)
        #expect(report.replayed == 2 && report.jobs == ["ops": [.new: 2]])
        #expect(events.allSatisfy { $0.outcome == .changed(newEvent: nil) })
        #expect(try ledger.value("select (select count(*) from jobs) + (select count(*) from operator_log)") == "0")
        #expect(try ledger.value("select count(*) from events") == "2")
    }

    @Test func whatCannotBeChangedIsReportedAndTheRestContinues() throws {
        _ = try fixture.store(2)
        try ledger.superuser.execute("update events set body = 'a=b' where subject = 'order:O0'")
        let (report, events) = try fixture.replay(changing("data.order_status=CANCEL"))
        #expect(report.failed == 1 && report.replayed == 1)
        #expect(events[0].outcome == .failed("its body is not JSON"))
        let nowhere = try fixture.replay(changing("data.order_status.deeper=1", run: "r2"))
        #expect(nowhere.events.contains { $0.outcome == .failed("its body has no member data.order_status.deeper") })
    }

    /// What is not changed keeps its bytes: halves of surrogate pairs, repeated keys, escapes, white space.
    @Test func everyOtherByteStays() throws {
        let ids = try fixture.store(1)
        let body =
            #"{ "type":"order_created","x":"\ud800","k":1,"k":"\/", "data":{"order_id":"O0","order_status": "UNPAID"} }"#
        try ledger.superuser.execute("update events set body = convert_to('\(body)', 'UTF8')")
        let (_, events) = try fixture.replay(changing("data.order_status=CANCEL"), fixture.filter { $0.ids = ids })
        guard case .changed(let new?) = events[0].outcome else {
            Issue.record("no new event: \(events)")
            return
        }
        #expect(
            try ledger.value("select convert_from(body, 'UTF8') from events where id = \(new)")
                == body.replacing("UNPAID", with: "CANCEL"))
    }

    @Test func changesAreReadAsTheyAreTyped() throws {
        #expect(FieldChange("a.b=12.50")?.value == JSONNumber(literal: "12.50").map(JSONValue.number))
        #expect(FieldChange("a=CANCEL")?.value == "CANCEL")
        #expect(FieldChange("a=b=c")?.value == "b=c")
        #expect(FieldChange("items.0.sku=\"7\"")?.path == ["items", "0", "sku"])
        #expect(FieldChange("=x") == nil && FieldChange("x") == nil)
    }
}
