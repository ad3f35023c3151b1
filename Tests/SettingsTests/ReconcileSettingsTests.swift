import Settings
import Testing

/// `reconcile:` of a source, and what `config check` says of it.
@Suite struct ReconcileSettingsTests {
    private static let actions = """

        actions:
          fetch: { kind: fetch_order, provider: woocommerce, base_url: "https://shop.example", consumer_key: { env: S },
            consumer_secret: { env: S } }
          ops: { kind: http, url: "https://ops.example" }
        """

    private func machine(_ reconcile: String, _ rules: String = "", providers: String = "woocommerce") -> Machine {
        Machine(
            """
            database: dbname=x
            sources:
              shop: { providers: \(providers), secrets: { env: S }, reconcile: \(reconcile) }
            """ + Self.actions + rules, environment: ["S": "secret"])
    }

    private func problems(_ reconcile: String, _ rules: String = "", providers: String = "woocommerce") -> [String] {
        machine(reconcile, rules, providers: providers).problems.filter { $0.contains("reconcil") }
    }

    @Test func theDefaults() throws {
        let settings = try machine("{ through: fetch }").load()
        let reconcile = try #require(settings.source(named: "shop")?.reconcile)
        #expect(reconcile.through == ["fetch"])
        #expect(reconcile.every == .seconds(600) && reconcile.overlap == .seconds(900))
        #expect(reconcile.settle == .seconds(120) && reconcile.maxAge == .seconds(86_400) && reconcile.alarm == 10)
        #expect(try Machine("database: dbname=x").load().sources.allSatisfy { $0.reconcile == nil })
    }

    @Test(
        arguments: [
            ("{ every: 5min }", "must name an action of kind fetch_order, such as through: [fetch]"),
            ("{ through: fetsh }", "names an unknown action: \"fetsh\"; did you mean \"fetch\"?"),
            ("{ through: ops }", "the action ops is of kind http and cannot give orders"),
            ("{ through: fetch, every: 1s }", "must be from 10s to"),
        ])
    func mistakes(reconcile: String, message: String) {
        #expect(problems(reconcile).contains { $0.contains(message) }, "\(problems(reconcile))")
    }

    @Test func theAPIMustBeThatOfTheSource() {
        #expect(
            problems("{ through: fetch }", providers: "shopify").contains {
                $0.hasSuffix("fetch asks woocommerce, but no provider of the source is woocommerce")
            })
    }

    @Test(
        arguments: [
            ("{ when: { type: order.created }, do: [ops], name: r }", true),
            ("{ when: { type: order.created }, do: [ops], name: r, once: event }", true),
            ("{ when: { type: order.created }, do: [ops], name: r, once: order }", false),
            ("{ when: { type: order.created }, do: [ops], name: r, reconciled: no }", false),
            ("{ when: { source: shop, type: order.created }, do: [ops], name: r, once: status }", false),
        ])
    func effectsThatHappenTwiceAreListed(rule: String, isListed: Bool) {
        let said = problems("{ through: fetch }", "\nrules:\n  - \(rule)")
        #expect(said.contains { $0.contains("ops will run twice for an order of shop") } == isListed, "\(said)")
    }
}
