import Actions
import JSON
import Rules
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Jobs

@Suite(.blocking) struct RuleConditionsTests {
    private func conditions(_ rules: String) throws -> RuleConditions {
        let yaml = "database: dbname=x\nactions:\n  a: { kind: http, url: \"https://x.example/\" }\nrules:\n" + rules
        let input = SettingsInput(
            variable: { _ in nil }, readFile: { $0 == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent },
            fileMode: { _ in nil })
        return RuleConditions(
            try Settings.load(path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0)))
    }

    private func subject(status: JSONValue?, rule: String = "paid") -> JobSubject {
        var fields = JSONObject()
        fields["status"] = status
        return JobSubject(
            job: Job(
                id: 1, action: "a", kind: "http", purpose: .rule(rule), attempt: 1, maxAttempts: 4, eventID: 1,
                eventReceivedAt: 0,
                leaseToken: 1),
            event: JobEvent(
                id: 1, receivedAt: Timestamp(microseconds: 0), source: "s", provider: "tiktok_shop", providerType: "1",
                type: "order.updated"),
            order: StoredRecord(row: 1, source: "s", id: "1", fields: fields))
    }

    @Test func theOrderAsItIsNowDecides() throws {
        let conditions = try conditions("  - { name: paid, when: { order.status: PAID }, do: [a] }\n")
        #expect(conditions.objection(to: subject(status: "PAID")) == nil)
        #expect(conditions.objection(to: subject(status: "CANCELLED"))?.contains("CANCELLED") == true)
        // What nobody ever said does not hold for certain.
        #expect(conditions.objection(to: subject(status: nil)) != nil)
        #expect(conditions.objection(to: subject(status: "PAID", rule: "gone"))?.contains("gone") == true)
    }

    @Test func theOriginOfTheEventDecides() throws {
        let conditions = try conditions("  - { name: paid, when: { event.origin: { ne: replay } }, do: [a] }\n")
        var subject = subject(status: "PAID")
        #expect(conditions.objection(to: subject) == nil)
        subject.event.origin = "replay"
        #expect(conditions.objection(to: subject)?.contains("replay") == true)
    }

    private static let needs: [(String, SubjectNeeds)] = [
        ("when: { type: order.created, event.origin: { ne: replay }, shop_id: s }", []),
        ("when: { order.status: PAID }", .fields), ("once: status", .fields), ("once: order", []),
        ("becomes: { order.status: PAID }", [.fields, .change]), ("changed: [order.status]", [.fields, .change]),
    ]

    @Test(arguments: needs) func aRuleNeedsWhatItAsks(_ rule: String, _ needs: SubjectNeeds) throws {
        let conditions = try conditions("  - { name: paid, \(rule), do: [a] }\n")
        #expect(conditions.needs(of: subject(status: nil).job) == needs)
    }

    @Test func aFlagThatIsOffSkips() throws {
        let conditions = try conditions("  - { name: paid, flags: [send_order_confirmation], do: [a] }\n")
        #expect(conditions.objection(to: subject(status: "PAID"))?.contains("send_order_confirmation") == true)
    }
}
