import Settings
import Testing

@Suite("Requests about a person are carried out without a rule")
struct ComplianceTests {
    private func load(_ source: String, _ more: String = "") throws -> Settings {
        try Machine(
            "sources: { shop: { providers: shopify, secrets: { env: KEY }\(source) } }\n" + more,
            environment: ["KEY": "k"]
        )
        .load()
    }

    private static let names = [
        "compliance_customer_redact", "compliance_shop_redact", "compliance_customer_data_request",
    ]

    @Test("a source of Shopify brings a rule for each of the three requests")
    func brought() throws {
        let settings = try load("")
        #expect(settings.rules.map(\.name) == Self.names)
        #expect(settings.actions.map(\.kind.name) == ["redact", "data_request"])
        #expect(
            settings.action(named: "compliance_data_request")?.text("folder") == "/var/lib/hookledger/data-requests")
    }

    @Test("what a rule does is not done twice")
    func written() throws {
        let settings = try load(
            "",
            """
            actions: { forget: { kind: redact } }
            rules:
              - { name: mine, when: { type: { in: [customer.redact, shop.redact] } }, do: forget }
            """)
        #expect(settings.rules.map(\.name) == ["mine", "compliance_customer_data_request"])
        let elsewhere = try load(
            "",
            """
            actions: { forget: { kind: redact } }
            rules:
              - { name: mine, when: { type: customer.redact, source: other }, do: forget }
            """.replacing("other", with: "shop"))
        #expect(elsewhere.rules.map(\.name) == ["mine", Self.names[1], Self.names[2]])
    }

    @Test("off is said loudly, and does nothing")
    func off() throws {
        let settings = try load(", compliance: off")
        #expect(settings.rules.isEmpty && settings.actions.isEmpty)
        #expect(settings.problems.contains { $0.severity == .warning && $0.message.contains("compliance: off") })
        #expect(!(try load("")).problems.contains { $0.message.contains("compliance") })
    }

    @Test("the country of a source, the keys and the retention of persons are read")
    func read() throws {
        let settings = try load(
            ", country: de", "keys: { person: k/p.key }\nretention: { orders: 400d, customers: 30d }")
        #expect(settings.source(named: "shop")?.country == "DE")
        #expect(settings.keys.person == "/etc/hookledger/k/p.key")
        #expect(settings.retention.orders == .seconds(400 * 86_400))
        #expect(settings.retention.customers == .seconds(30 * 86_400))
        let plain = try load("")
        #expect(plain.retention.orders == nil && plain.keys.person == "/etc/hookledger/keys/person.key")
    }
}
