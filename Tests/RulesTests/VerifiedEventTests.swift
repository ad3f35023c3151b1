import Actions
import JSON
import Rules
import Settings
import Testing
import Webhooks

@Suite("Verified and unverified events")
struct VerifiedEventTests {
    /// A rule of each sort, for a source that demands a signature where it has one and for one that demands nothing.
    private static func settings(_ verification: String) throws -> Settings {
        let words = ["true", "false", "any"]
        let rules =
            ["{ name: plain, do: ops }"] + words.map { "{ name: \($0), when: { event.verified: \($0) }, do: ops }" }
        let text = """
            sources: { shop: { providers: roms, secrets: { env: SECRET }, verification: \(verification) } }
            actions: { ops: { kind: http, url: "https://ops.test" } }
            rules: [\(rules.joined(separator: ", "))]
            """
        let input = SettingsInput(
            variable: { $0 == "SECRET" ? "s" : nil },
            readFile: { $0 == "/etc/hookledger/hookledger.yaml" ? .bytes(Array(text.utf8)) : .absent },
            fileMode: { _ in nil })
        return try Settings.load(from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
    }

    @Test(
        "which rules take which events",
        arguments: [
            ("optional", EventTrust.verified, ["plain", "true", "any"]),
            ("optional", .unverified, ["false", "any"]),
            ("none", .unverified, ["plain", "false", "any"]),
        ])
    func taken(_ verification: String, _ trust: EventTrust, _ names: [String]) throws {
        let event = Event(
            provider: "roms", providerType: "order", type: "order.updated", dedupeKey: DedupeKey(bytes: [1]))
        let plan = RulePlan(event, source: "shop", settings: try Self.settings(verification), trust: trust)
        #expect(plan.jobs.map(\.rule) == names)
        #expect(plan.verdicts.count == 4)
    }

    @Test("a rule says why it does not take an event")
    func reasons() throws {
        let event = Event(
            provider: "roms", providerType: "order", type: "order.updated", dedupeKey: DedupeKey(bytes: [1]))
        let plan = RulePlan(event, source: "shop", settings: try Self.settings("optional"), trust: .unverified)
        #expect(
            plan.verdicts.first?.description
                == "plain does not hold: the event is unverified, but the rule takes verified ones")
    }

    @Test("what is proven, and what is our own, counts as verified")
    func trust() {
        #expect(EventTrust(verification: "signature", origin: "delivery") == .verified)
        #expect(EventTrust(verification: "credential", origin: "spool") == .verified)
        #expect(EventTrust(verification: "unverified", origin: "fetched") == .verified)
        #expect(EventTrust(verification: "unverified", origin: "replay") == .verified)
        for origin in ["delivery", "spool", "released", "imported"] {
            #expect(EventTrust(verification: "unverified", origin: origin) == .unverified)
        }
    }

    @Test("a field is unverified by its own clock, else by that of all")
    func fields() throws {
        func object(_ value: JSONValue) -> JSONObject { value.object ?? JSONObject() }
        let fields = object(["email": "a@b.c", "status": "PAID", "total_amount": "5", "currency": "EUR"])
        let extra = object(["note": "x", "gift": true])
        let clocks = object([
            "*": [0, 5, 0, 0, "aa"], "status": [1, 3, 0, 0, "bb"], "extra.gift": [1, 3, 0, 0, "bb"],
            // The earlier shape does not mention it.
            "currency": [0, 0, 0, "cc"],
        ])
        let names = UnverifiedFields.names(fields, extra: extra, clocks: clocks)
        #expect(names == ["email", "total_amount", "extra.note"])
        let kept = UnverifiedFields.strip(names, from: fields, extra: extra)
        #expect(JSONValue.object(kept.fields) == ["status": "PAID", "currency": "EUR"])
        #expect(JSONValue.object(kept.extra) == ["gift": true])
        #expect(UnverifiedFields.names(fields, extra: extra, clocks: JSONObject()).isEmpty)
        #expect(UnverifiedFields.names(fields, extra: extra, clocks: object(["*": [1, 5, 0, 0, "aa"]])).isEmpty)
    }
}
