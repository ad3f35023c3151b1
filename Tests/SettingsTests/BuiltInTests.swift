import Settings
import Testing

@Suite("What is there without being written")
struct BuiltInTests {
    private static let source = "sources: { topics: { providers: aws_sns, secrets: { env: KEY } } }\n"

    private func load(_ yaml: String) throws -> Settings { try Machine(yaml, environment: ["KEY": "k"]).load() }

    @Test("a source of Amazon SNS brings the confirmation of its subscriptions")
    func brought() throws {
        let settings = try load(Self.source)
        #expect(settings.action(named: "confirm_subscription")?.kind.name == "confirm_subscription")
        let rule = try #require(settings.rule(named: "confirm_subscription"))
        #expect(rule.actions == ["confirm_subscription"] && rule.index == 0)
    }

    @Test("other sources do not")
    func notBrought() throws {
        let settings = try load("sources: { s: { providers: stripe, secrets: { env: KEY } } }")
        #expect(settings.actions.isEmpty && settings.rules.isEmpty)
    }

    @Test("what is written under that name counts instead")
    func written() throws {
        let settings = try load(
            Self.source
                + """
                actions:
                  confirm_subscription: { kind: confirm_subscription, base_url: "http://127.0.0.1:9", retries: 7 }
                  tell: { kind: http, url: "https://a.example/" }
                rules:
                  - { name: confirm_subscription, when: { type: subscription.confirmation }, do: tell }
                """)
        #expect(settings.actions.count == 2 && settings.rules.count == 1)
        #expect(settings.action(named: "confirm_subscription")?.retry.retries == 7)
        #expect(settings.rule(named: "confirm_subscription")?.actions == ["tell"])
    }
}
