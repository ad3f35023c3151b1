import JSON
import Rules
import Settings
import Testing
import Webhooks

@Suite("becomes and changed")
struct EventChangeTests {
    private static let becomes = "{ do: print, becomes: { order.status: PAID } }"

    /// What a rule makes of an event that changed so much of an order that is PAID by now.
    private func truth(
        _ rule: String, _ disposition: String, _ changes: JSONValue, now: JSONValue = ["status": "PAID"]
    ) throws -> Truth {
        let rule = try #require(try settings(rule).rules.first)
        let subject = RuleSubject(
            EventColumns(event(), source: "shop"), record: StoredRecord(id: "7", fields: now.object ?? JSONObject()),
            change: EventChange(disposition: disposition, changes: changes.object ?? JSONObject()))
        return rule.evaluate(subject)
    }

    @Test(
        "an event makes a condition true, or not",
        arguments: [
            ("applied", ["status": ["UNPAID", "PAID"]], nil),
            ("applied", ["status": [.null, "PAID"]], nil),
            ("created", ["status": "PAID"], nil),
            ("applied", ["email": ["a@b.c", "d@e.f"]], "order.status already had this value before the event"),
            ("applied", ["status": ["PAID", "SHIPPED"]], "the event changed order.status to something else"),
            ("created", ["status": "UNPAID"], "the event changed order.status to something else"),
            // Whatever is there: it says nothing newer.
            ("stale", ["status": ["UNPAID", "PAID"]], "order.status already had this value before the event"),
            ("stored", [:], "order.status already had this value before the event"),
        ] as [(String, JSONValue, String?)])
    func becomes(_ disposition: String, _ changes: JSONValue, _ reason: String?) throws {
        let truth = try truth(Self.becomes, disposition, changes)
        #expect(truth.reason?.description == reason)
        #expect(truth.word == (reason == nil ? "true" : "false"))
    }

    @Test("several conditions become true together, each by its own change or as it was before")
    func together() throws {
        let rule = "{ do: print, becomes: { order.status: PAID, order.currency: EUR } }"
        let now: JSONValue = ["status": "PAID", "currency": "EUR"]
        #expect(try truth(rule, "applied", ["status": ["UNPAID", "PAID"]], now: now).isTrue)
        #expect(try truth(rule, "applied", ["currency": ["USD", "EUR"]], now: now).isTrue)
        #expect(try truth(rule, "applied", ["email": ["a", "b"]], now: now).word == "false")
        #expect(
            try truth(rule, "applied", ["status": ["UNPAID", "PAID"]], now: ["status": "PAID", "currency": "USD"]).word
                == "false")
    }

    @Test("it must still be so")
    func still() throws {
        let truth = try truth(Self.becomes, "applied", ["status": ["UNPAID", "PAID"]], now: ["status": "CANCELLED"])
        #expect(truth.reason?.description == "order.status is \"CANCELLED\"")
    }

    @Test(
        "one of the named fields was changed",
        arguments: [
            (["shipping_address": [["city": "Kiel"], ["city": "Bonn"]]], true),
            (["shipping_address": [["city": "Kiel"], ["city": "Kiel", "zip": "1"]]], false),
            (["items": [[["sku": "A"]], [["sku": "B"]]]], true),
            (["items": [[["sku": "A", "quantity": 1]], [["sku": "A", "quantity": 2]]]], false),
            (["extra.note": ["a", "b"]], true),
            (["extra.other": ["a", "b"], "status": ["a", "b"]], false),
            ([:], false),
        ] as [(JSONValue, Bool)])
    func changed(_ changes: JSONValue, _ holds: Bool) throws {
        let rule = "{ do: print, changed: [order.shipping_address.city, order.items.0.sku, order.extra.note] }"
        #expect(try truth(rule, "applied", changes).isTrue == holds)
        #expect(try truth(rule, "stale", changes).word == "false")
    }

    @Test("an event that made the order changed all it has")
    func created() throws {
        let rule = "{ do: print, changed: [order.email] }"
        #expect(try truth(rule, "created", ["email": "a@b.c"]).isTrue)
        #expect(try truth(rule, "created", ["status": "PAID"]).word == "false")
    }

    @Test("before the event is stored it is unknown, so the jobs are made")
    func planned() throws {
        let settings = try settings("{ name: paid, do: print, becomes: { order.status: PAID } }")
        let plan = RulePlan(event([.status: "PAID"]), source: "shop", settings: settings)
        #expect(
            plan.jobs.count == 1
                && plan.verdicts.map(\.description) == [
                    "paid is decided just before the action: whether the event changes order.status is known only once it is stored"
                ])
        #expect(RulePlan(event([.status: "UNPAID"]), source: "shop", settings: settings).jobs.isEmpty)
        #expect(plan.failures.isEmpty)
    }
}
