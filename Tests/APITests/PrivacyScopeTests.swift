import JSON
import Ledger
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// Who may only replay has nobody redacted, and gets nobody's data.
@Suite(.blocking) struct PrivacyScopeTests {
    @Test func aReplayReachesPrivacyActionsWithAdminOnly() throws {
        let fixture = try APIFixture(privacy: true)
        let event = try #require(fixture.store([fixture.order("1")]).first)
        func replay(_ scope: APITokens.Scope, dryRun: Bool) throws -> JSONValue {
            let body = """
                {"reason":"x","dry_run":\(dryRun),"set":{"data.order_status":"CANCEL"},"run":"\(scope.rawValue)"}
                """
            let answer = fixture.answer(
                fixture.request(
                    "POST", "/api/v2/events/\(event)/replay", token: try fixture.token(scope, "\(scope) \(dryRun)"),
                    body: body))
            try #require(answer.status == 200, "\(answer.text)")
            return try answer.json()["events"]?.array?.first ?? .null
        }
        for dryRun in [true, false] {
            let refused = try replay(.replay, dryRun: dryRun)
            #expect(refused["error"] == "it would run the action forget (redact): that needs the scope admin")
            #expect(refused["jobs"] == [] && refused["new_event_id"] == .null)
        }
        #expect(try fixture.superuser.query("select count(*) from jobs where kind = 'redact'").only().int(0) == 0)
        #expect(try fixture.superuser.query("select count(*) from events").only().int(0) == 1)
        #expect(try replay(.admin, dryRun: false)["error"] == .null)
        #expect(try fixture.superuser.query("select count(*) from jobs where kind = 'redact'").only().int(0) == 1)
    }
}
