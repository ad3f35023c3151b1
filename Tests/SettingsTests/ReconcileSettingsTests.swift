import Settings
import Testing
import Webhooks

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
            ("{ every: 5min }", "must name an action of kind fetch_order or listing, such as through: [fetch]"),
            ("{ through: fetsh }", "names an unknown action: \"fetsh\"; did you mean \"fetch\"?"),
            ("{ through: ops }", "the action ops is of kind http and lists neither orders nor events"),
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

    private func list(_ keys: String, provider: String = "github", rule: String = "") -> [String] {
        Machine(
            """
            database: dbname=x
            sources:
              hooks: { providers: [github, stripe], secrets: { env: S }, reconcile: { through: list } }
            actions:
              list: { kind: listing, provider: \(provider), access_token: { env: S }\(keys) }
              ops: { kind: http, url: "https://ops.example" }
            \(rule)
            """, environment: ["S": "secret"]
        ).problems.filter { !$0.contains("github does not retry") }
    }

    private static let hook = #", hook_url: "https://hooks.example/x""#

    @Test(
        arguments: [
            (", repository: acme/shop", "github", "actions.list needs hook_url"),
            (ReconcileSettingsTests.hook, "github", "actions.list needs repository"),
            (ReconcileSettingsTests.hook + ", repository: acme", "github", "must be OWNER/NAME"),
            (
                ReconcileSettingsTests.hook + ", repository: a/b, organization: a", "github",
                "cannot be given with repository"
            ),
            (ReconcileSettingsTests.hook + ", repository: a/b, types: [a]", "github", "is for stripe only"),
            ("", "evershop", "is not for evershop"), ("", "stripe", "actions.list needs types"),
            (", types: [a], repository: a/b", "stripe", "is for github only"),
            (", types: [a]", "github", "is for stripe only"),
            (", types: [a], email: a@b.example", "stripe", "is for evershop only"),
        ])
    func mistakesOfLists(keys: String, provider: String, message: String) {
        #expect(list(keys, provider: provider).contains { $0.contains(message) }, "\(list(keys, provider: provider))")
    }

    @Test func listsThatAreRight() {
        #expect(list(Self.hook + ", repository: acme/shop").isEmpty)
        #expect(list(Self.hook + ", organization: acme").isEmpty)
        #expect(list(", types: [invoice.paid], account: acct_1, undelivered_only: yes", provider: "stripe").isEmpty)
    }

    /// Events double nothing, so that no rule is listed; and no rule can run a list.
    @Test func rulesAndLists() {
        let hook = Self.hook + ", repository: acme/shop"
        #expect(list(hook, rule: "rules: [{ when: { source: hooks }, do: [ops], name: r, once: event }]").isEmpty)
        let wrong = list(hook, rule: "rules: [{ when: { source: hooks }, do: [list], name: r }]")
        #expect(
            wrong.contains {
                $0.contains("list is of kind listing, which serves reconcile: and webhooks: of a source only")
            }, "\(wrong)")
    }

    /// What a rule asks for beside orders.
    @Test(
        arguments: [
            ("when: { type: product.updated }", [RecordKind.product]),
            ("when: { type: [order.created, customer.created] }", [.customer]),
            ("when: { type: { prefix: prod } }", [.product]),
            ("when: { type: { prefix: p }, product.price: { gt: 5 } }", [.product]),
            ("when: { product.sku: M1 }", [.product]),
            ("when: { source: shop }, changed: [customer.email]", [.customer]),
            ("when: { source: shop }, becomes: { product.status: draft }", [.product]),
            ("when: { provider: woocommerce, type: product.deleted }", [.product]),
            // A rule for every event, and one that only excludes, ask for none.
            ("when: { source: shop }", []), ("when: { type: { ne: order.created } }", []),
            ("when: { type: { prefix: order } }", []), ("when: { order.items.0.sku: M1 }", []),
            ("when: { type: order.created, product.sku: M1 }", []),
            ("when: { provider: shopify, type: product.updated }", []),
            ("when: { type: product.updated }, reconciled: no", []),
            ("when: { type: product.updated }, flags: [auto_sync_products]", []),
            ("when: { type: product.updated, event.verified: false }", []),
        ])
    func whatARuleAsksFor(rule: String, kinds: [RecordKind]) throws {
        let settings = try machine("{ through: fetch }", "\nrules:\n  - { \(rule), do: [ops], name: r }\n").load()
        let source = try #require(settings.source(named: "shop"))
        let asked = [RecordKind.product, .customer].filter {
            settings.rules[0].asks(for: $0, of: source, settings.flags)
        }
        #expect(asked == kinds)
    }
}
