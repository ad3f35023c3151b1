import Settings
import Testing

@Suite("How often a rule fires, and on which events")
struct RuleKeyTests {
    private static let start = """
        database: dbname=x
        sources:
          signed: { providers: tiktok_shop_guide, secrets: { env: SECRET } }
          half: { providers: roms, secrets: { env: SECRET }, verification: optional }
          open: { providers: github, verification: none }
          bare: { providers: woocommerce, verification: optional }
        actions:
          ops: { kind: slack, url: { env: SECRET } }
          print: { kind: printify, shop: "1", token: { env: SECRET } }
          kb: { kind: knowledge_base, token: { env: SECRET }, dataset: "1" }
        rules:
          - 
        """

    private func machine(_ rule: String) -> Machine {
        Machine(Self.start.dropLast() + " " + rule, environment: ["SECRET": "s"])
    }

    private func said(_ rule: String) -> [String] {
        machine(rule).problems.filter { $0.contains("rules[0]") }.map {
            $0.replacing("/etc/hookledger/hookledger.yaml:", with: "")
        }
    }

    @Test("the keys are read")
    func keys() throws {
        let rule = try #require(
            try machine(
                "{ when: { event.verified: any, source: half }, becomes: { order.status: PAID }, changed: [order.email], once: status, do: ops }"
            ).load().rules.first)
        #expect(rule.once == .status && rule.verification == .any)
        #expect(rule.conditions.map(\.path.description) == ["source"])
        #expect(rule.becomes.map(\.path.description) == ["order.status"])
        #expect(rule.changed.map(\.description) == ["order.email"])
        let plain = try #require(try machine("{ do: print }").load().rules.first)
        #expect(plain.once == nil && plain.verification == .standard && plain.becomes.isEmpty && plain.changed.isEmpty)
    }

    @Test(
        "mistakes",
        arguments: [
            ("{ do: print, once: never }", "once"),
            ("{ do: print, when: { event.verified: maybe } }", "must be true, false or any"),
            ("{ do: print, when: { event.verified: standard } }", "must be true, false or any"),
            ("{ do: print, becomes: { type: order.created } }", "never changes"),
            ("{ do: print, becomes: { order.id: \"7\" } }", "never changes"),
            ("{ do: print, changed: [source] }", "never changes"),
            ("{ do: print, changed: [order.stattus] }", "did you mean order.status?"),
            ("{ do: print, becomes: { event.verified: true } }", "is unknown"),
        ])
    func mistakes(_ rule: String, _ text: String) {
        let problems = machine(rule).problems
        #expect(problems.contains { $0.contains(text) && !$0.contains("notice") }, "\(problems)")
    }

    @Test("a rule that does not say how often gets a hint about what it does")
    func hint() {
        #expect(
            said("{ name: r, do: [ops] }").contains {
                $0.contains("notice: rules[0] (r) runs ops for every matching event")
            })
        for once in ["event", "status", "order"] { #expect(said("{ do: [ops], once: \(once) }").isEmpty) }
        // These happen once for an order whatever the rule says.
        #expect(said("{ do: [print] }").isEmpty)
        #expect(said("{ do: [kb], changed: [product.price] }").contains { $0.contains("events share the jobs of") })
    }

    @Test(
        "rules that can never fire",
        arguments: [
            ("when: { source: signed, event.verified: false }", "its sources require a signature"),
            ("when: { source: open, event.verified: true }", "its sources have verification: none"),
            ("when: { source: bare }", "its sources have no secret to verify with"),
            ("when: { source: signed, provider: github }", "no source sends what its conditions name"),
            ("when: { source: half, event.verified: false }", nil),
            ("when: { source: half }", nil),
            ("when: { source: open }", nil),
            ("when: { source: bare, event.verified: any }", nil),
            ("when: { source: { ne: signed }, event.verified: false }", nil),
            ("when: { event.verified: true }", nil),
        ] as [(String, String?)])
    func never(_ when: String, _ reason: String?) {
        let told = said("{ do: [print], \(when) }").filter { $0.contains("never fire") }
        #expect(told.count == (reason == nil ? 0 : 1))
        if let reason { #expect(told.first?.contains(reason) == true) }
    }

    @Test("a name is made of what makes events fit, and not of how often they count")
    func names() throws {
        func name(_ rule: String) throws -> String? { try machine(rule).load().rules.first?.name }
        let plain = try name("{ do: print, when: { order.status: PAID } }")
        #expect(try name("{ do: print, once: order, when: { order.status: PAID } }") == plain)
        #expect(try name("{ do: print, becomes: { order.status: PAID } }") != plain)
        #expect(try name("{ do: print, when: { order.status: PAID, event.verified: any } }") != plain)
        #expect(try name("{ do: print, when: { order.status: PAID }, changed: [order.email] }") != plain)
    }
}
