import Settings
import Testing

/// `webhooks:` of a source, and what `config check` says of it.
@Suite struct WebhookSettingsTests {
    private func machine(_ webhooks: String, reconcile: String = "{ through: fetch }", fetch: String = "woocommerce")
        -> Machine
    {
        Machine(
            """
            database: dbname=x
            sources:
              shop:
                providers: [woocommerce, etsy]
                secrets: { env: S }
                paths: [/webhook/shop, /webhook/other]
                reconcile: \(reconcile)
                webhooks: \(webhooks)
            actions:
              fetch: { kind: fetch_order, provider: \(fetch), base_url: "https://shop.example", consumer_key: { env: S },
                consumer_secret: { env: S }, access_token: { env: S }, app_key: { env: S }, shop: "7" }
              second: { kind: fetch_order, provider: woocommerce, base_url: "https://second.example", consumer_key: { env: S },
                consumer_secret: { env: S } }
              ops: { kind: http, url: "https://ops.example" }
            """, environment: ["S": "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ="])
    }

    private static let address = #"address: "https://hooks.example.com/webhook/shop""#

    @Test func theDefaults() throws {
        let settings = try machine("{ expect: [order.created, order.updated], \(Self.address) }").load()
        let webhooks = try #require(settings.source(named: "shop")?.webhooks)
        #expect(webhooks.through == ["fetch"] && webhooks.expect == ["order.created", "order.updated"])
        #expect(webhooks.paused.isEmpty && webhooks.repairs && webhooks.apiVersion == nil)
        #expect(webhooks.every == .seconds(600))
        let other = try machine(
            "{ through: second, expect: [a, b], paused: b, repair: no, \(Self.address) }"
        ).load()
        let own = try #require(other.source(named: "shop")?.webhooks)
        #expect(own.through == ["second"] && own.paused == ["b"] && !own.repairs)
    }

    @Test(
        arguments: [
            ("{ \(WebhookSettingsTests.address) }", "must name topics, such as expect: [orders/create]"),
            ("{ expect: [a] }", "must have an address, such as https://hooks.example.com/webhook/shop"),
            (#"{ expect: [a], address: "http://hooks.example.com/webhook/shop" }"#, "must be an https URL"),
            (#"{ expect: [a], address: "https://u:p@hooks.example.com/webhook/shop" }"#, "must be an https URL"),
            (
                #"{ expect: [a], address: "https://hooks.example.com/elsewhere" }"#,
                "must lead to a path of the source: /webhook/shop, /webhook/other"
            ),
            (#"{ expect: [a], address: "https:///webhook/shop" }"#, "must name a host"),
            (
                "{ expect: [order.created], paused: [order.creatd], \(WebhookSettingsTests.address) }",
                "which is not in expect; did you mean \"order.created\"?"
            ),
            ("{ expect: [a], through: fetsh, \(WebhookSettingsTests.address) }", "names an unknown action: \"fetsh\""),
            (
                "{ expect: [a], through: ops, \(WebhookSettingsTests.address) }",
                "is of kind http and lists neither orders nor events"
            ),
        ])
    func mistakes(webhooks: String, message: String) {
        let problems = machine(webhooks).problems
        #expect(problems.contains { $0.contains("webhooks") && $0.contains(message) }, "\(problems)")
    }

    @Test func aProviderThatDoesNotSayWhatIsRegistered() {
        let problems = machine("{ expect: [a], \(Self.address) }", fetch: "etsy").problems
        #expect(
            problems.contains { $0.contains("webhooks.through: etsy does not say what is registered") }, "\(problems)")
    }

    @Test func withoutAnAPI() {
        let problems = machine("{ expect: [a], \(Self.address) }", reconcile: "").problems
        #expect(
            problems.contains { $0.contains("webhooks must name an action of kind fetch_order or listing") },
            "\(problems)")
    }
}
