import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// What a replay may reach, and who can hold it up.
@Suite(.blocking) struct ReplayRightsTests {
    private static let privacy = """
        [ { name: forget, when: { order.status: CANCEL }, do: [forget] },
          { name: tell, when: { order.status: RETURNED }, do: [tell] },
          { name: sent, do: [ops] } ]
        """

    private func fixture() throws -> ReplayFixture { try ReplayFixture(rules: Self.privacy) }

    private func jobs(_ fixture: ReplayFixture) throws -> Int {
        try fixture.ledger.superuser.query("select count(*) from jobs").only().int(0)
    }

    @Test(arguments: [("CANCEL", "forget", "redact"), ("RETURNED", "tell", "data_request")])
    func whoMayOnlyReplayReachesNoPrivacyAction(status: String, action: String, kind: String) throws {
        let fixture = try fixture()
        let genuine = try fixture.store(1, status: status)
        let other = try #require(fixture.store(2, status: "UNPAID").last)
        let refused = "it would run the action \(action) (\(kind)): that needs the scope admin"
        let change = FieldChange(path: ["data", "order_status"], value: .string(status))
        // By inventing it, and by repeating a genuine one.
        for (ids, changes) in [([other], [change]), (genuine, [])] {
            for isDryRun in [true, false] {
                let (report, events) = try fixture.replay(
                    fixture.request("r-\(changes.count)") {
                        $0.changes = changes
                        $0.isDryRun = isDryRun
                    }, fixture.filter { $0.ids = ids }, as: "hookledger_api")
                #expect(events.map(\.outcome) == [.failed(refused)] && report.failed == 1)
            }
        }
        #expect(try jobs(fixture) == 0)
        #expect(try fixture.ledger.value("select count(*) from events where origin = 'replay'") == "0")
        let (report, _) = try fixture.replay(
            fixture.request("admin") {
                $0.changes = [change]
                $0.mayReachPrivacy = true
            }, fixture.filter { $0.ids = [other] }, as: "hookledger_api")
        #expect(report.replayed == 1 && report.jobs[action] == [.new: 1])
    }

    /// An event that an operator generated can be distinguished from one that a sender sent.
    @Test func rulesTellReplaysApart() throws {
        let fixture = try ReplayFixture(
            rules: """
                [ { name: sent, when: { event.origin: { ne: replay } }, do: [ops] },
                  { name: tried, when: { event.origin: replay }, do: [erp] } ]
                """)
        let ids = try fixture.store(1)
        let unchanged = try fixture.replay(fixture.request("a"), fixture.filter { $0.ids = ids })
        #expect(unchanged.report.jobs == ["ops": [.new: 1]])
        let changed = try fixture.replay(
            fixture.request("b") {
                $0.changes = [FieldChange(path: ["data", "order_status"], value: .string("CANCEL"))]
            }, fixture.filter { $0.ids = ids })
        #expect(changed.report.jobs == ["erp": [.new: 1]])
    }

    @Test func aReaderHoldsNoReplayUp() throws {
        let fixture = try ReplayFixture()
        _ = try fixture.store(2)
        let reader = try fixture.ledger.connect(as: "hookledger_reader")
        try reader.execute(
            """
            select pg_advisory_lock(hashtext('hookledger.replay'));
            begin; select count(*) from order_list, event_list
            """)
        let impatient = try fixture.ledger.connect(as: "hookledger_operator")
        try impatient.execute("set lock_timeout = '2s'")
        let report = try Replay(fixture.request(), settings: fixture.settings, over: impatient)
            .run(EventFilter(), now: Guide.now.advanced(bySeconds: 60))
        #expect(report.replayed == 2)
        withExtendedLifetime(reader) {}
    }
}
