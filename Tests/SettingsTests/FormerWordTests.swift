import Settings
import Testing

@Suite("Earlier words in rules")
struct FormerWordTests {
    private func rule(_ condition: String) throws -> (tests: [Condition.Test], told: [String]) {
        let settings = try Machine(
            """
            database: dbname=x
            sources: { shop: { providers: tiktok_shop, secrets: { env: TIKTOK_APP_SECRET }, credentials: { app_key: { env: TIKTOK_APP_KEY } } } }
            actions: { ops: { kind: slack, url: { env: SLACK } } }
            rules:
              - name: gone
                when: { order.status: \(condition) }
                do: [ops]
            """, environment: Machine.shopVariables.merging(["SLACK": "https://hooks.slack.test/x"]) { $1 }
        ).load()
        let rule = try #require(settings.rules.first { $0.name == "gone" })
        return (
            rule.conditions.flatMap(\.tests),
            settings.problems.filter { $0.severity == .notice }.map(\.description).filter { $0.contains("CANCELLED") }
        )
    }

    @Test("A rule that says CANCEL still matches, with a hint; whoever says CANCELLED hears nothing")
    func cancelled() throws {
        let both: [Operand] = [.text("CANCEL"), .text("CANCELLED")]
        let said = try rule("CANCEL")
        #expect(said.tests == [.anyOf(both)])
        #expect(
            said.told == [
                "\(Machine.config):6: notice: rules[0].when.order.status: an order with the sender's CANCEL is stored with the "
                    + "order.status CANCELLED; write that instead"
            ])
        #expect(try rule("{ ne: CANCEL }").tests == [.noneOf(both)])
        #expect(
            try rule("{ in: [CANCEL, DELIVERED] }").tests == [
                .anyOf([.text("CANCEL"), .text("DELIVERED"), .text("CANCELLED")])
            ])
        let now = try rule("CANCELLED")
        #expect(now.tests == [.anyOf([.text("CANCELLED")])] && now.told == [])
        #expect(try rule("[CANCEL, CANCELLED]").told == [])
    }

    @Test("A source may have the path /")
    func root() throws {
        let settings = try Machine(
            "sources: { shop: { providers: standard_webhooks, secrets: { env: KEY }, paths: [/] } }",
            environment: ["KEY": "whsec_c2VjcmV0"]
        ).load()
        #expect(settings.source(forPath: "/")?.name == "shop")
        #expect(settings.source(forPath: "") == nil)
    }
}
