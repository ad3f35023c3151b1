import JSON
import Rules
import Settings
import Testing
import Webhooks

@Suite("What the rules make of an event")
struct RulePlanTests {
    private static let ship = "{ name: ship, when: { order.status: AWAITING_SHIPMENT }, do: [print, ops] }"

    @Test(
        "jobs for what holds and for what is open, none for what is contradicted",
        arguments: [
            (["status": "AWAITING_SHIPMENT"], "ship holds", 2),
            (["status": "UNPAID"], "ship does not hold: order.status is \"UNPAID\"", 0),
            ([:], "ship is decided just before the action: order.status was not sent", 2),
        ] as [([String: String], String, Int)])
    func jobs(_ fields: [String: String], _ verdict: String, _ count: Int) throws {
        let order = event(fields["status"].map { [.status: .string($0)] } ?? [:])
        let plan = RulePlan(order, source: "shop", settings: try settings(Self.ship))
        #expect(plan.verdicts.map(\.description) == [verdict])
        #expect(plan.jobs.map(\.action) == Array(["print", "ops"].prefix(count)))
        #expect(plan.jobs.allSatisfy { $0.kind.name == "http" && $0.rule == "ship" && $0.ruleIndex == 0 })
        #expect(plan.failures.isEmpty)
    }

    @Test("every rule says why or why not")
    func verdicts() throws {
        let settings = try settings(
            Self.ship, "{ do: ops, when: { type: order.created } }",
            "{ do: ops, flags: [on_it, send_welcome_message] }", "{ do: ops, flags: on_it }",
            "{ name: odd, do: print, when: { order.status: { gte: 5 } } }", flags: "{ on_it: true }")
        let plan = RulePlan(event([.status: "UNPAID"]), source: "shop", settings: settings)
        #expect(
            plan.verdicts.map(\.description) == [
                "ship does not hold: order.status is \"UNPAID\"",
                "rule-9b072e does not hold: type is \"order.updated\"",
                "rule-e3b0c4 is off: the flag send_welcome_message is not set",
                "rule-e3b0c4-2 holds",
                "odd is decided just before the action: order.status cannot be compared: it is \"UNPAID\"",
            ])
        #expect(plan.jobs.map(\.rule) == ["rule-e3b0c4-2", "odd"])
        #expect(plan.jobs.map(\.ruleIndex) == [3, 4])
        #expect(plan.failures.map(\.rule) == ["odd"])
    }

    @Test("explanations are short")
    func short() throws {
        let long = String(repeating: "x", count: 5000)
        let plan = RulePlan(event([.status: .string(long)]), source: "shop", settings: try settings(Self.ship))
        #expect(try #require(plan.verdicts.first).description.count < 120)
    }

    @Test("created unpaid, printed when paid, and not after a cancel")
    func life() throws {
        let rule = try #require(try settings(Self.ship).rules.first)
        let columns = EventColumns(event(), source: "shop")
        func stored(_ status: JSONValue) -> Truth {
            var data = JSONObject()
            data["status"] = status
            return rule.evaluate(RuleSubject(columns, record: StoredRecord(id: "7", fields: data)))
        }
        #expect(stored("UNPAID").reason?.description == "order.status is \"UNPAID\"")
        #expect(stored("AWAITING_SHIPMENT").isTrue)
        #expect(stored("CANCELLED").word == "false")
        #expect(stored(.null).word == "false")
    }
}
